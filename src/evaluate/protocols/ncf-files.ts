/** The three published files of the NCF protocol (He et al. 2017): tab-separated lines without a header. */

import { readFileSync } from 'node:fs';
import { MatineeError, succeed, type Result } from '../../core/errors.js';

export interface NcfPaths {
  readonly train: string;
  readonly test: string;
  readonly negatives: string;
}

/** `user item rating [timestamp]` */
export interface NcfRating {
  readonly user: number;
  readonly item: string;
  readonly rating: number;
  /** Milliseconds since 1970, 0 when the file does not say. */
  readonly timeMs: number;
}

/** One test interaction, and the items it is to be told from. */
export interface NcfQuestion {
  readonly user: number;
  readonly item: string;
  readonly negatives: readonly string[];
}

export interface NcfData {
  readonly ratings: readonly NcfRating[];
  /** In the order of the test file. */
  readonly questions: readonly NcfQuestion[];
}

const negativesExpected = 99;

/** Errors: file-unreadable; format-invalid, which names the file and the line. */
export function readNcf({ train, test, negatives }: NcfPaths): Result<NcfData> {
  try {
    const ratings = linesOf(train).map(readRating);
    const positives = linesOf(test).map(readRating);
    const lines = linesOf(negatives);
    if (lines.length !== positives.length) {
      const number = Math.min(lines.length, positives.length) + 1;
      refuse({ path: negatives, number }, `there are ${lines.length} lines, and ${positives.length} in ${test}`);
    }
    return succeed({ ratings, questions: lines.map((line, i) => readQuestion(line, positives[i]!)) });
  } catch (error) {
    if (error instanceof MatineeError) return { ok: false, error };
    throw error;
  }
}

interface Line {
  readonly path: string;
  /** From 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

function linesOf(path: string): Line[] {
  const lines = readText(path).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, i) => ({ path, number: i + 1, cells: line.trimEnd().split('\t') }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MatineeError('file-unreadable', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

function readRating(line: Line): NcfRating {
  const [user = '', item = '', rating = '', seconds = '0'] = line.cells;
  if (!isUser(user)) refuse(line, `${JSON.stringify(user)} is no user id`);
  if (item === '') refuse(line, 'it has no item');
  if (!isNumber(rating)) refuse(line, `${JSON.stringify(rating)} is no rating`);
  if (!isNumber(seconds)) refuse(line, `${JSON.stringify(seconds)} is no timestamp in seconds`);
  return { user: Number(user), item, rating: Number(rating), timeMs: 1000 * Number(seconds) };
}

/** `(user,item)`, then the negatives. */
function readQuestion(line: Line, { user, item }: NcfRating): NcfQuestion {
  const [positive, ...negatives] = line.cells;
  if (positive !== `(${user},${item})`) {
    refuse(line, `it begins with ${positive}, and that line of the test file is about (${user},${item})`);
  }
  if (negatives.length !== negativesExpected) {
    refuse(line, `it has ${negatives.length} negatives instead of ${negativesExpected}`);
  }
  if (new Set([item, ...negatives]).size !== negatives.length + 1) refuse(line, 'an item is in it twice');
  return { user, item, negatives };
}

function refuse({ path, number }: Pick<Line, 'path' | 'number'>, what: string): never {
  throw new MatineeError('format-invalid', `${path}:${number}: ${what}`, {
    hint: 'The files are read as published: see docs/evaluation.md.',
    fields: { file: path, line: number },
  });
}

const isUser = (text: string): boolean => /^\d{1,15}$/.test(text);
const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));
