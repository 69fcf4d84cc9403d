/**
 * Lines that are not settled yet, each under what it waits for. Two databases: `held` ([partition, offset] → line) and
 * `held-by` (what is waited for, partition, offset), so that the lines which one answer settles are found at once.
 */

import type { Database, RootDatabase } from 'lmdb';

/** Why a line waits: a closed list. */
export const heldReasons = {
  'film-unknown': 'the catalogue does not hold the film: the film API has to say whether it exists',
  'user-unknown': 'nobody knows the user yet: the user API has to say whether there is such an account',
  'minute-order': 'the minute cannot have been reached by then, and no other line of the viewing supports it',
  'rating-scale': 'the rating lies outside the scale on which this site rates',
  'clock-skew': 'the time is more than a day ahead of our clock, or lies before the year 2000',
} as const;

export type HeldReason = keyof typeof heldReasons;

export interface HeldLine {
  readonly partition: number;
  readonly offset: number;
  readonly reason: HeldReason;
  /** What would settle it: a film, a user, a viewing, the scale or the clock. */
  readonly waitsFor: string;
  /**
   * The line already counts: nothing spoke against it, and nothing supported it. It is kept because a line to come may speak
   * against it.
   */
  readonly provisional: boolean;
  /** As it was delivered. */
  readonly bytes: Uint8Array;
}

/** A line of the log with its place. */
export type PlacedLine = Pick<HeldLine, 'partition' | 'offset' | 'bytes'>;

export interface Held {
  get(partition: number, offset: number): HeldLine | undefined;
  /** Replaces what is held under the same partition and offset. */
  put(line: HeldLine): void;
  remove(line: HeldLine): void;
  /** In order of partition, then offset. */
  all(): Iterable<HeldLine>;
  /** The first of a partition that do not count yet. */
  oldest(partition: number, limit: number): HeldLine[];
  waitingFor(what: string): HeldLine[];
  /** Everything that lines wait for, each once. */
  waits(): Iterable<string>;
}

type Key = [partition: number, offset: number];
type Row = readonly [reason: HeldReason, waitsFor: string, provisional: boolean, bytes: Uint8Array];

export const waitForFilm = (id: string): string => `film ${id}`;
export const waitForUser = (user: number): string => `user ${user}`;
export const waitForViewing = (user: number, film: number): string => `viewing ${user} ${film}`;
export const WAIT_FOR_SCALE = 'scale';
export const WAIT_FOR_CLOCK = 'clock';

/** In order of offset within a partition: safe integers have at most 16 digits. */
const waitKey = (waitsFor: string, partition: number, offset: number): string =>
  `${waitsFor}\n${partition}\n${String(offset).padStart(16, '0')}`;

export function openHeld(root: RootDatabase): Held {
  const rows: Database<Row, Key> = root.openDB('held', {});
  const waiting: Database<true, string> = root.openDB('held-by', {});

  const toLine = ([partition, offset]: Key, [reason, waitsFor, provisional, bytes]: Row): HeldLine => ({
    ...{ partition, offset, reason, waitsFor, provisional, bytes },
  });
  const get = (partition: number, offset: number): HeldLine | undefined => {
    const row = rows.get([partition, offset]);
    return row && toLine([partition, offset], row);
  };
  const remove = ({ partition, offset, waitsFor }: HeldLine): void => {
    rows.removeSync([partition, offset]);
    waiting.removeSync(waitKey(waitsFor, partition, offset));
  };

  return {
    get,
    put: (line) => {
      const { partition, offset, reason, waitsFor, provisional, bytes } = line;
      const before = get(partition, offset);
      if (before !== undefined && before.waitsFor !== waitsFor) remove(before);
      rows.putSync([partition, offset], [reason, waitsFor, provisional, bytes]);
      waiting.putSync(waitKey(waitsFor, partition, offset), true);
    },
    remove,
    all: () => rows.getRange().map(({ key, value }) => toLine(key, value)),
    oldest: (partition, limit) => {
      const lines: HeldLine[] = [];
      for (const { key, value } of rows.getRange({ start: [partition, 0], end: [partition + 1, 0] })) {
        const line = toLine(key, value);
        if (line.provisional) continue;
        if (lines.push(line) === limit) break;
      }
      return lines;
    },
    waitingFor: (what) => {
      const keys = [...waiting.getKeys({ start: `${what}\n`, end: `${what}\n\uffff` })];
      return keys.flatMap((key) => {
        const [, partition, offset] = key.split('\n');
        return get(Number(partition), Number(offset)) ?? [];
      });
    },
    *waits() {
      let last: string | undefined;
      for (const key of waiting.getKeys()) {
        const what = key.slice(0, key.indexOf('\n'));
        if (what !== last) yield (last = what);
      }
    },
  };
}
