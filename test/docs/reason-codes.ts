/** Renders docs/reason-codes.md: every code that a line, a row, a look-up or a source can be given, from where it is defined. */

import { format, resolveConfig } from 'prettier';
import { refusals } from '../../src/ingest/log/outcomes.js';
import { heldReasons } from '../../src/store/held.js';
import { lineFaults } from '../../src/world/line-faults.js';
import { readText } from '../repository.js';
import {
  heldAdvice,
  importAdvice,
  lineAdvice,
  lookupAdvice,
  refusalAdvice,
  sourceAdvice,
  type Advice,
} from './advice.js';

export const REASON_CODES = 'docs/reason-codes.md';
export const REGENERATE = 'npm run docs:check -- --update';

interface Reason {
  readonly code: string;
  readonly meaning: string;
  readonly example: string;
  readonly advice: string;
}

/** The members of a union type with the comment behind each, as they stand in a source file. */
export function commentedUnion(source: string, head: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const line of source
    .slice(source.indexOf(head) + head.length)
    .split('\n')
    .slice(1)) {
    const member = /^\s*\| '([a-z-]+)';? \/\/ (.+)$/.exec(line);
    if (member === null) break;
    members.set(member[1]!, member[2]!);
  }
  return members;
}

export const importReasons = commentedUnion(readText('src/ingest/import/report.ts'), 'export type Reason =');
export const lookupFailures = commentedUnion(readText('src/ingest/lookup-outcome.ts'), 'readonly code:');
const errorCodes = commentedUnion(readText('src/core/errors.ts'), 'export type ErrorCode =');

const faults: readonly Reason[] = lineFaults.map((fault) => ({ ...fault, advice: lineAdvice[fault.code] }));

/** Meanings from the source, examples and advice from this side; every code of the advice has its meaning there. */
const joined = (meanings: ReadonlyMap<string, string>, advice: Readonly<Record<string, Advice>>): Reason[] =>
  Object.entries(advice).map(([code, { example, advice: what }]) => ({
    ...{ code, example, advice: what },
    meaning: sentence(meanings.get(code) ?? ''),
  }));

const sentence = (text: string): string => text && `${text[0]!.toUpperCase()}${text.slice(1)}.`;

const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``);

function table(reasons: readonly Reason[]): string {
  const rows = reasons.map((reason) => [code(reason.code), reason.meaning, code(reason.example), reason.advice]);
  const lines = [['code', 'meaning', 'example', 'what to do'], ['-', '-', '-', '-'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** As prettier wants it. */
export async function reasonCodes(): Promise<string> {
  const text = `# Reason codes

<!-- Made from the source by \`${REGENERATE}\`: edit that, not this. -->

Every code that says why something does not count, or does not go on. A line of the log gets one of the first three
tables; [ingest.md](ingest.md) says how it comes to that. \`matinee quarantine list --reason <code>\` shows the lines that
have a code, and the metrics carry it as the label \`reason\`.

## Held

The line waits for what would settle it, and then counts or is rejected by itself. Nothing is lost meanwhile.

${table(joined(new Map(Object.entries(heldReasons)), heldAdvice))}

## Rejected: no line of the log

The first fault from left to right is the one that is named. A few such lines an hour are what any log has; a sudden
many say that what writes the log has changed. In examples \`\\xHH\` is a byte that is no ASCII.

${table(faults)}

## Rejected: well-formed

${table(joined(new Map(Object.entries(refusals)), refusalAdvice))}

## Rows of a file

What \`matinee import\` and \`matinee films annotate\` refuse, with the first three rows of each reason.

${table(joined(importReasons, importAdvice))}

## Requests to the look-up APIs

Label \`code\` of \`matinee_upstream_requests_total\` where there is no HTTP status to give. Asking goes on by itself, ever more slowly
up to once a minute, and what waits for an answer stays held.

${table(joined(lookupFailures, lookupAdvice))}

## Sources

What \`matinee ingest\` prints behind \`waiting:\`, and \`/readyz\` in the check \`ingest\`. Reading goes on by itself where nothing
else is said.

${table(joined(errorCodes, sourceAdvice))}
`;
  return format(text, { ...(await resolveConfig(REASON_CODES)), filepath: REASON_CODES });
}
