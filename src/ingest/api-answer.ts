/** What an answer of a look-up API means for the ids that were asked for. Pure. */

import type { HttpAnswer } from '../core/http-exchange.js';
import { parseJson } from '../core/json.js';
import type { LookupKind } from '../store/lookups.js';
import { readFilmRecord, type FilmRecord } from '../world/film-record.js';
import { sampleOf, type RecordReading } from '../world/record-fields.js';
import { readUserRecord, type UserRecord } from '../world/user-record.js';
import type { LookupFailure, LookupOutcome, LookupViolation } from './lookup-outcome.js';

const readers: Readonly<Record<LookupKind, (value: unknown) => RecordReading<FilmRecord | UserRecord>>> = {
  film: readFilmRecord,
  user: readUserRecord,
};

const idOf = (record: FilmRecord | UserRecord): string => ('user' in record ? String(record.user) : record.id);

export const failedOutcome = (asked: readonly string[], failure: LookupFailure): LookupOutcome => ({
  found: new Map(),
  missing: [],
  open: asked,
  failure,
  violations: [],
});

export function readAnswer(kind: LookupKind, asked: readonly string[], answer: HttpAnswer): LookupOutcome {
  const { status, retryAfterMs, body } = answer;
  const failed = (code: LookupFailure['code'], detail: string): LookupOutcome =>
    failedOutcome(asked, { code, retryAfterMs, detail });

  if (status === 429) return failed('rate-limited', 'HTTP 429');
  if (status >= 500) return failed('server-error', `HTTP ${status}`);
  const value = parseJson(body);
  if (status === 404 || saysNotFound(value)) return nothingFound(asked);
  if (status < 200 || status >= 300) return failed('bad-answer', `HTTP ${status}`);
  if (typeof value !== 'object' || value === null) return failed('bad-answer', 'no JSON object or list');
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > 2 * asked.length) return failed('bad-answer', `${values.length} records for ${asked.length} ids`);
  return readRecords(kind, asked, values);
}

function saysNotFound(value: unknown): boolean {
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : undefined;
  return typeof message === 'string' && message.toLowerCase().includes('not found');
}

/** Of several ids, some may exist all the same: only an id asked for alone is known to be missing. */
const nothingFound = (asked: readonly string[]): LookupOutcome => ({
  found: new Map(),
  missing: asked.length === 1 ? asked : [],
  open: asked.length === 1 ? [] : asked,
  violations: [],
});

function readRecords(kind: LookupKind, asked: readonly string[], values: readonly unknown[]): LookupOutcome {
  const open = new Set(asked);
  const found = new Map<string, FilmRecord | UserRecord>();
  const violations: LookupViolation[] = [];

  for (const value of values) {
    if (saysNotFound(value)) continue;
    const { fields, violations: broken } = readers[kind](value);
    const id = fields === null ? '' : idOf(fields);
    violations.push(...broken.map((violation) => ({ id, ...violation })));
    if (fields === null) continue;
    if (open.delete(id)) found.set(id, fields);
    else
      violations.push({ id, what: found.has(id) ? 'record came twice' : 'nobody asked for it', sample: sampleOf(id) });
  }

  const outcome = { found, missing: [], open: [...open], violations };
  const isUseless = found.size === 0 && violations.length > 0;
  if (!isUseless) return outcome;
  const detail = `no record can be used: ${violations[0]!.what}`;
  return { ...outcome, failure: { code: 'bad-answer', retryAfterMs: 0, detail } };
}
