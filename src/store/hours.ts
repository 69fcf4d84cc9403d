/** How many lines of each kind the log has for every hour of its own time: what the volume of an hour is compared with. */

import type { Database, RootDatabase } from 'lmdb';
import { HOUR_MS, hourKinds, type HourKind, type HourTally } from './hour-tally.js';

/** From the newest hour back; about 1 MB. */
export const HOURS_KEPT = 24 * 400;

export type HourCounts = Readonly<Record<HourKind, number>>;

export interface HourRow {
  /** When the hour begins, ms since 1970. */
  readonly startMs: number;
  readonly counts: HourCounts;
}

export interface Hours {
  /** Adds what was counted; inside the transaction of what was counted. */
  add(tally: HourTally): void;
  /** In order of time; hours without any line are left out. */
  all(): Iterable<HourRow>;
}

export function openHours(root: RootDatabase): Hours {
  /** Hours since 1970 → counts in the order of `hourKinds`. */
  const rows: Database<readonly number[], number> = root.openDB('hours', {});

  const forgetOld = (): void => {
    for (const newest of rows.getKeys({ reverse: true, limit: 1 })) {
      const old = [...rows.getKeys({ end: newest - HOURS_KEPT + 1 })];
      for (const hour of old) rows.removeSync(hour);
    }
  };

  return {
    add: (tally) => {
      for (const [hour, counts] of tally.all()) {
        if (counts.every((count) => count === 0)) continue;
        const before = rows.get(hour);
        rows.putSync(
          hour,
          Array.from(counts, (count, kind) => count + (before?.[kind] ?? 0)),
        );
      }
      forgetOld();
    },
    all: () =>
      rows.getRange().map(({ key, value }) => ({
        startMs: key * HOUR_MS,
        counts: Object.fromEntries(hourKinds.map((kind, place) => [kind, value[place] ?? 0])) as HourCounts,
      })),
  };
}
