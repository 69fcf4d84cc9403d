/** What an ingest has brought into a data folder, in a form that can be compared. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { lineReport, type LineReport } from '../../src/ingest/log/outcomes.js';
import { openQuarantine, type QuarantinedLine } from '../../src/ingest/quarantine.js';
import { canonicalLines } from '../../src/store/canonical.js';
import { openState, type State } from '../../src/store/state.js';

export interface Content {
  /** The canonical dump, by line. */
  readonly state: readonly string[];
  /** Rejected lines in order of their place. */
  readonly quarantine: readonly string[];
  readonly report: LineReport;
}

export async function withState<T>(dataDir: string, work: (state: State) => T): Promise<T> {
  const state = unwrap(openState(join(dataDir, 'state'), { readOnly: true }));
  try {
    return work(state);
  } finally {
    await state.close();
  }
}

export async function rejectedLines(dataDir: string): Promise<QuarantinedLine[]> {
  const quarantine = unwrap(openQuarantine(join(dataDir, 'quarantine'), { readOnly: true }));
  try {
    return quarantine.list({ limit: Infinity });
  } finally {
    await quarantine.close();
  }
}

export async function contentOf(dataDir: string): Promise<Content> {
  const rejected = await rejectedLines(dataDir);
  return withState(dataDir, (state) => ({
    state: [...canonicalLines(state)],
    quarantine: rejected.sort((a, b) => a.partition - b.partition || a.offset - b.offset).map(asText),
    report: lineReport((name) => state.lines.get(name)),
  }));
}

const asText = ({ topic, partition, offset, reason, length, bytes }: QuarantinedLine): string =>
  JSON.stringify([topic, partition, offset, reason, length, createHash('sha256').update(bytes).digest('hex')]);

/** Lines of the log that the state has, whatever became of them. */
export const readLines = (dataDir: string): Promise<number> =>
  withState(dataDir, ({ partitions }) => [...partitions.all()].reduce((sum, [, { next }]) => sum + next, 0));

/** Lines by which two lists differ, at most ten of each; none when they are equal. */
export function differences(ours: readonly string[], theirs: readonly string[]): string[] {
  const without = (some: readonly string[], others: readonly string[], sign: string): string[] => {
    const known = new Set(others);
    return some
      .filter((line) => !known.has(line))
      .slice(0, 10)
      .map((line) => `${sign} ${line.slice(0, 400)}`);
  };
  const found = [...without(ours, theirs, '-'), ...without(theirs, ours, '+')];
  const isEqual = ours.length === theirs.length && ours.every((line, i) => line === theirs[i]);
  return isEqual || found.length > 0 ? found : ['the same lines in another order or number'];
}

export const contentDifferences = (ours: Content, theirs: Content): string[] => [
  ...differences(ours.state, theirs.state),
  ...differences(ours.quarantine, theirs.quarantine),
];
