/** Composition of another try: lines that were held or rejected go through the ingest again, without a source. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { LogWriter } from '../ingest/log/log-writer.js';
import { lineReport, type LineReport } from '../ingest/log/outcomes.js';
import { QUARANTINE_LINES_MAX, type LineKey, type Quarantine } from '../ingest/quarantine.js';
import type { State } from '../store/state.js';
import { openIngestStores } from './ingest.js';

export interface RetryReport {
  /** Lines that went through the ingest again. */
  readonly tried: number;
  /** Rejected lines of which only the beginning is kept: they stay as they are. */
  readonly cut: number;
  /** What changed: e.g. accepted 3, rejected −3. */
  readonly changed: LineReport;
}

/** All lines, or those with one reason. Errors: file-unreadable, state-in-use, storage-failed. */
export async function retryLines(config: Config, reason: string | undefined): Promise<Result<RetryReport>> {
  const opened = openIngestStores(config);
  if (!opened.ok) return opened;
  const { state, quarantine, close } = opened.value;
  try {
    return succeed(retryIn(config, state, quarantine, reason));
  } finally {
    await close();
  }
}

function retryIn(config: Config, state: State, quarantine: Quarantine, reason: string | undefined): RetryReport {
  const before = new Map(state.lines.all());
  const { logZoneMs: zoneMs, ratingScale: scale, userApi } = config;
  const topic = state.meta.topic() ?? '';
  const rejectedAgain = new Set<string>();
  const recorder: Pick<Quarantine, 'add'> = {
    add: (lines) => {
      for (const line of lines) rejectedAgain.add(placeOf(line));
      quarantine.add(lines);
    },
  };
  const asksUsers = userApi !== undefined;
  const writer = new LogWriter({ state, quarantine: recorder, topic, zoneMs, scale, asksUsers });
  const commit = (): void => {
    writer.commit(Date.now(), () => undefined);
  };

  const held = [...state.held.all()].filter((line) => !line.provisional && (reason ?? line.reason) === line.reason);
  writer.reconsider(held);
  while (writer.hasReady) commit();

  const rejected = quarantine.list({ ...(reason === undefined ? {} : { reason }), limit: QUARANTINE_LINES_MAX });
  const whole = rejected.filter(({ bytes, length }) => bytes.length === length).sort(byPlace);
  for (let done = 0; done < whole.length;) {
    const piece = whole.slice(done);
    const taken = writer.retry(piece, Date.now());
    commit();
    // Only now, when the state has them: a line may be in both for a moment, never in none.
    quarantine.remove(piece.slice(0, taken).filter((line) => !rejectedAgain.has(placeOf(line))));
    done += taken;
  }
  const changed = lineReport((name) => state.lines.get(name) - (before.get(name) ?? 0));
  return { tried: held.length + whole.length, cut: rejected.length - whole.length, changed };
}

const byPlace = (a: LineKey, b: LineKey): number => a.partition - b.partition || a.offset - b.offset;
const placeOf = ({ partition, offset }: LineKey): string => `${partition}:${offset}`;
