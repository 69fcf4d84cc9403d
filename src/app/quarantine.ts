/** Composition of looks at lines that do not count: those that were rejected, and those that are held until they are settled. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import { didYouMean } from '../core/nearest.js';
import { refusals } from '../ingest/log/outcomes.js';
import { openQuarantine, type LineKey, type Quarantine, type QuarantinedLine } from '../ingest/quarantine.js';
import { heldReasons, type HeldLine } from '../store/held.js';
import type { State } from '../store/state.js';
import { lineFaults } from '../world/line-faults.js';
import { quarantineFolderOf } from './folders.js';
import { withState } from './state.js';

export interface UncountedLine extends QuarantinedLine {
  readonly status: 'held' | 'rejected';
}

/** Lines of one status. */
interface Listing {
  /** All that are kept, by reason. */
  readonly counts: ReadonlyMap<string, number>;
  readonly lines: readonly UncountedLine[];
}

export interface UncountedLines {
  /** From the end of the log to its beginning. */
  readonly held: Listing;
  /** The newest first. */
  readonly rejected: Listing;
}

interface Query {
  readonly reason: string | undefined;
  /** Lines of each status. */
  readonly limit: number;
}

/** One sentence for each reason that a line can be held or rejected for. */
export const reasonMeanings: ReadonlyMap<string, string> = new Map([
  ...lineFaults.map(({ code, meaning }) => [code, meaning] as const),
  ...Object.entries({ ...refusals, ...heldReasons }),
]);

/** Errors: usage, data-missing, file-unreadable. */
export async function uncountedLines(config: Config, query: Query): Promise<Result<UncountedLines>> {
  const { reason } = query;
  if (reason !== undefined && !reasonMeanings.has(reason)) {
    return fail('usage', `there is no reason ${reason}: ${didYouMean(reason, [...reasonMeanings.keys()])}`);
  }
  return withLines(config, (state, quarantine) =>
    succeed({ held: listHeld(state, query), rejected: listRejected(quarantine, query) }),
  );
}

/** Errors: data-missing, file-unreadable. */
export const uncountedLine = (config: Config, key: LineKey): Promise<Result<UncountedLine>> =>
  withLines(config, (state, quarantine) => {
    const held = state.held.get(key.partition, key.offset);
    if (held !== undefined && !held.provisional) return succeed(asHeld(held, state));
    const rejected = quarantine?.get(key);
    if (rejected !== undefined) return succeed(asRejected(rejected));
    return fail('data-missing', `no line ${key.partition}:${key.offset} is held or rejected`, {
      hint: '`matinee quarantine list` shows which are. Rejected lines are kept until 200,000 newer ones have come.',
    });
  });

/** Without a log that was read there is a state and no quarantine. */
const withLines = <T>(
  config: Config,
  work: (state: State, quarantine: Quarantine | undefined) => Result<T>,
): Promise<Result<T>> =>
  withState(config, async (state) => {
    const folder = quarantineFolderOf(config);
    if (!existsSync(join(folder, 'data.mdb'))) return work(state, undefined);
    const quarantine = openQuarantine(folder, { readOnly: true });
    if (!quarantine.ok) return quarantine;
    try {
      return work(state, quarantine.value);
    } finally {
      await quarantine.value.close();
    }
  });

function listHeld(state: State, { reason, limit }: Query): Listing {
  const counts = new Map<string, number>();
  const newest: HeldLine[] = [];
  for (const line of state.held.all()) {
    if (line.provisional) continue; // It counts.
    counts.set(line.reason, (counts.get(line.reason) ?? 0) + 1);
    if (reason !== undefined && line.reason !== reason) continue;
    newest.push(line);
    if (newest.length > limit) newest.shift();
  }
  return { counts, lines: newest.reverse().map((line) => asHeld(line, state)) };
}

function listRejected(quarantine: Quarantine | undefined, { reason, limit }: Query): Listing {
  if (quarantine === undefined) return { counts: new Map(), lines: [] };
  const lines = quarantine.list({ ...(reason === undefined ? {} : { reason }), limit });
  return { counts: quarantine.counts(), lines: lines.map(asRejected) };
}

const asHeld = ({ partition, offset, reason, bytes }: HeldLine, { meta }: State): UncountedLine => ({
  ...{ status: 'held', topic: meta.topic() ?? '', partition, offset, reason, bytes, length: bytes.length },
});

const asRejected = (line: QuarantinedLine): UncountedLine => ({ status: 'rejected', ...line });
