/** What became of the log's lines: how many break the grammar, wait, were refused, or came twice. */

import type { HourRow } from '../store/hours.js';
import type { Finding } from './finding.js';
import { linesIn } from './hour-profile.js';
import { shareFinding, type Limits } from './limits.js';
import { lies, type Span } from './windows.js';

/** Lines since the state began, and a few of them for each reason. */
export interface LineFacts {
  /** By outcome, as the state names them: `accepted watch`, `held film-unknown`, `rejected user`, `duplicates`, … */
  readonly counts: ReadonlyMap<string, number>;
  /** By reason; safe to print. */
  readonly examples: ReadonlyMap<string, readonly string[]>;
  readonly hours: readonly HourRow[];
}

/** The real site breaks about one line in 900 on purpose, and delivers up to one in 100 twice. */
const limits = {
  malformed: { warn: 0.005, bad: 0.05 },
  rejected: { warn: 0.005, bad: 0.05 },
  held: { warn: 0.01, bad: 0.1 },
  duplicates: { warn: 0.02, bad: 0.1 },
} as const satisfies Record<string, Limits>;

export function findLines({ counts, examples, hours }: LineFacts, current: Span): Finding[] {
  const outcomes = [...counts].filter(([name, count]) => /^(accepted|held|rejected) /.test(name) && count > 0);
  const samples = outcomes.reduce((sum, [, count]) => sum + count, 0);
  const byReason = outcomes.flatMap(([name, offenders]) => {
    const [outcome, reason] = name.split(' ') as [string, string];
    if (outcome === 'accepted') return [];
    const shown = { offenders, samples, examples: examples.get(reason) ?? [] };
    const check = `${outcome}: ${reason}`;
    return shareFinding({ interface: 'log', kind: 'schema', check }, shown, limits[outcome as 'held' | 'rejected']);
  });
  const twice = { offenders: counts.get('duplicates') ?? 0, samples, examples: [] };
  return [
    malformed(hours, current),
    ...byReason,
    shareFinding({ interface: 'log', kind: 'duplicates', check: 'lines that came twice' }, twice, limits.duplicates),
  ];
}

/** Of the current window; the counts by reason go back to the beginning. */
function malformed(hours: readonly HourRow[], current: Span): Finding {
  const inWindow = hours.filter(({ startMs }) => lies(startMs, current));
  const lines = inWindow.reduce((sum, row) => sum + linesIn(row.counts), 0);
  const offenders = inWindow.reduce((sum, row) => sum + row.counts.rejected, 0);
  const about = { interface: 'log', kind: 'schema', check: 'lines that break the grammar' } as const;
  return shareFinding(about, { offenders, samples: lines, examples: [] }, limits.malformed);
}
