/** What the look-up APIs answered lately: how their records break their form, and how many came. */

import type { LookupKind } from '../store/lookups.js';
import type { LookupDay, ViolationCount } from '../store/violations.js';
import type { Finding } from './finding.js';
import { shareFinding } from './limits.js';

/** In a form that the older or the newer API writes, all is well; a record that breaks it loses the field. */
const limits = { warn: 0.01, bad: 0.1 };
const EXAMPLES_MAX = 3;
const DAY_MS = 86_400_000;

const interfaces = { film: 'film-api', user: 'user-api' } as const;

/** Of the newest days on which the API was asked: its days are those of our own clock, not of the log's. */
export function findLookups(all: readonly LookupDay[], days: number): Finding[] {
  return (['film', 'user'] as const).flatMap((kind) => {
    const ofKind = all.filter((day) => day.kind === kind);
    const newest = ofKind.at(-1)?.dayMs ?? 0;
    return findKind(
      kind,
      ofKind.filter(({ dayMs }) => dayMs > newest - days * DAY_MS),
    );
  });
}

function findKind(kind: LookupKind, days: readonly LookupDay[]): Finding[] {
  const records = days.reduce((sum, day) => sum + day.records, 0);
  const missing = days.reduce((sum, day) => sum + day.missing, 0);
  const violations = joined(days);
  const broken = [...violations.values()].reduce((sum, { count }) => sum + count, 0);
  const about = { interface: interfaces[kind], kind: 'schema' } as const;
  const finding = (check: string, offenders: number, examples: readonly string[]): Finding =>
    shareFinding({ ...about, check }, { offenders, samples: Math.max(records, offenders), examples }, limits);
  return [
    {
      ...{ ...about, kind: 'volume', check: 'records looked up', unit: 'count', samples: records, value: records },
      ...{ expectation: 'some', verdict: records === 0 ? 'too few' : 'ok' },
      examples: missing === 0 ? [] : [`${missing} ids that do not exist`],
    },
    finding('violations in all', broken, []),
    ...Array.from(violations, ([what, { count, examples }]) =>
      finding(
        what,
        count,
        examples.slice(-EXAMPLES_MAX).map(({ id, sample }) => `${id === '' ? '?' : id}: ${sample}`),
      ),
    ),
  ];
}

function joined(days: readonly LookupDay[]): Map<string, ViolationCount> {
  const all = new Map<string, ViolationCount>();
  for (const { violations } of days) {
    for (const [what, { count, examples }] of Object.entries(violations)) {
      const before = all.get(what) ?? { count: 0, examples: [] };
      all.set(what, { count: before.count + count, examples: [...before.examples, ...examples] });
    }
  }
  return all;
}
