/** What the look-up APIs answered, day by day: records, ids they do not know, and how records break their form. */

import type { Database, RootDatabase } from 'lmdb';
import type { LookupKind } from './lookups.js';

const DAY_MS = 86_400_000;
/** Bounds of a row and of the database: some 60 rows of 10 kB a kind. */
export const VIOLATION_DAYS_KEPT = 60;
export const VIOLATION_WHATS_MAX = 40;
export const VIOLATION_EXAMPLES_MAX = 3;
const EXAMPLE_CHARS_MAX = 100;
/** Where violations beyond VIOLATION_WHATS_MAX are counted. */
const OTHERS = 'other violations';

export interface Violation {
  /** Of the record; empty when it has none that can be used. */
  readonly id: string;
  /** The field and what is wrong with it. */
  readonly what: string;
  /** The beginning of the value. */
  readonly sample: string;
}

export interface ViolationCount {
  readonly count: number;
  /** The newest at the end. */
  readonly examples: readonly Pick<Violation, 'id' | 'sample'>[];
}

export interface LookupDay {
  readonly kind: LookupKind;
  /** Midnight (UTC) of our own clock, ms since 1970. */
  readonly dayMs: number;
  /** That could be used, if not all of their fields. */
  readonly records: number;
  /** Ids that the API said not to exist. */
  readonly missing: number;
  readonly violations: Readonly<Record<string, ViolationCount>>;
}

export interface Violations {
  /** What came of one request; inside the transaction that applies it. */
  add(kind: LookupKind, answered: Answered, nowMs: number): void;
  /** By kind, then day. */
  all(): Iterable<LookupDay>;
}

export interface Answered {
  readonly records: number;
  readonly missing: number;
  readonly violations: readonly Violation[];
}

type Key = [kind: LookupKind, day: number];
type Row = Omit<LookupDay, 'kind' | 'dayMs'>;

const NOTHING: Row = { records: 0, missing: 0, violations: {} };

export function openViolations(root: RootDatabase): Violations {
  const rows: Database<Row, Key> = root.openDB('lookup-days', {});
  return {
    add: (kind, { records, missing, violations }, nowMs) => {
      if (records + missing + violations.length === 0) return;
      const day = Math.floor(nowMs / DAY_MS);
      const before = rows.get([kind, day]) ?? NOTHING;
      rows.putSync([kind, day], {
        records: before.records + records,
        missing: before.missing + missing,
        violations: violations.reduce(withViolation, before.violations),
      });
      const old = [...rows.getKeys({ start: [kind, 0], end: [kind, day - VIOLATION_DAYS_KEPT + 1] })];
      for (const key of old) rows.removeSync(key);
    },
    all: () => rows.getRange().map(({ key: [kind, day], value }) => ({ kind, dayMs: day * DAY_MS, ...value })),
  };
}

function withViolation(counts: Row['violations'], { id, what, sample }: Violation): Row['violations'] {
  const hasRoom = Object.hasOwn(counts, what) || Object.keys(counts).length < VIOLATION_WHATS_MAX;
  const name = hasRoom ? what : OTHERS;
  const { count, examples } = counts[name] ?? { count: 0, examples: [] };
  const example = { id: id.slice(0, EXAMPLE_CHARS_MAX), sample: sample.slice(0, EXAMPLE_CHARS_MAX) };
  return { ...counts, [name]: { count: count + 1, examples: [...examples, example].slice(-VIOLATION_EXAMPLES_MAX) } };
}
