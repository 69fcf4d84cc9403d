/** Looks at the files of an import before anything is read into the state: do they exist, what are they, do they fit? */

import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, succeed, type Result } from '../../core/errors.js';
import { didYouMean, nearest } from '../../core/nearest.js';
import { fileKind, MATINEE_HEADERS, type FileKind } from './file-kind.js';
import type { Format } from './report.js';

export interface Source {
  readonly path: string;
  /** Without its folder. */
  readonly name: string;
  readonly bytes: number;
  readonly kind: FileKind;
}

const FORMATS: readonly Format[] = ['matinee', 'movielens'];

/** In a folder, the files that MovieLens editions publish under these names are meant. */
const MOVIELENS_NAMES = ['movies.csv', 'ratings.csv', 'movies.dat', 'ratings.dat', 'u.item', 'u.data'] as const;

const HEAD_BYTES = 65_536;

/** All of one format; when `format` is given, of that one. */
export async function findSources(paths: readonly string[], format?: string): Promise<Result<readonly Source[]>> {
  const wanted = FORMATS.find((name) => name === format);
  if (format !== undefined && wanted === undefined) {
    return fail('format-unknown', `there is no format ${format}: ${didYouMean(format, FORMATS)}`, {
      hint: `Leave --format out: files are known by their first line.`,
    });
  }
  const files: string[] = [];
  for (const path of paths) {
    const found = await expand(path);
    if (!found.ok) return found;
    files.push(...found.value);
  }
  const sources: Source[] = [];
  for (const path of files) {
    const source = await inspect(path, wanted);
    if (!source.ok) return source;
    sources.push(source.value);
  }
  return agree(sources);
}

async function expand(path: string): Promise<Result<readonly string[]>> {
  try {
    if (!(await stat(path)).isDirectory()) return succeed([path]);
    const names = await readdir(path);
    const found = MOVIELENS_NAMES.filter((name) => names.includes(name));
    if (found.length > 0) return succeed(found.map((name) => join(path, name)));
    return fail('format-unknown', `the folder ${path} holds no MovieLens edition (${MOVIELENS_NAMES.join(', ')})`, {
      hint: 'Name the files themselves.',
    });
  } catch (cause) {
    return fail('file-unreadable', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

async function inspect(path: string, wanted: Format | undefined): Promise<Result<Source>> {
  const file = await readHead(path);
  if (!file.ok) return file;
  const { head, bytes } = file.value;
  const lines = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const firstLine = lines.find((line) => line.trim() !== '');
  if (firstLine === undefined) return fail('format-invalid', `${path} is empty`);
  if (firstLine.includes('\0')) {
    const hint = 'Text in UTF-8 is expected: unpack an archive, export a spreadsheet as CSV.';
    return fail('format-unknown', `${path} is not a text file`, { hint });
  }
  const kind = fileKind(firstLine);
  if (kind === undefined) return unknownKind(path, firstLine);
  if (wanted !== undefined && kind.format !== wanted) {
    const hint = `Its first line says ${kind.format}: use --format ${kind.format}, or leave --format out.`;
    return fail('format-unknown', `${path} is not of the format ${wanted}`, { hint });
  }
  return succeed({ path, name: basename(path), bytes, kind });
}

async function readHead(path: string): Promise<Result<{ readonly head: Buffer; readonly bytes: number }>> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return succeed({ head: buffer.subarray(0, bytesRead), bytes: size });
    } finally {
      await file.close();
    }
  } catch (cause) {
    return fail('file-unreadable', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Guesses which column was meant, so that a header with one misspelt name gets an answer of use. */
function unknownKind(path: string, firstLine: string): Result<never> {
  const names = firstLine
    .slice(0, 500)
    .split(',')
    .map((name) => name.trim());
  const expected = [...new Set(MATINEE_HEADERS.flatMap((header) => header.split(',')))];
  const guesses = names
    .filter((name) => name !== '' && !expected.includes(name))
    .map((name) => [name, nearest(name, expected)] as const)
    .filter(([, guess]) => guess !== undefined && !names.includes(guess))
    .map(([name, guess]) => `${name} → ${guess}`);
  const known = `Known headers: ${MATINEE_HEADERS.join(' or ')} (in any order), and the files of MovieLens as published.`;
  return fail('format-unknown', `${path}: the first line is no header that we know`, {
    hint: guesses.length === 0 ? known : `Did you mean ${guesses.join(', ')}? ${known}`,
    fields: { file: path, line: 1 },
  });
}

function agree(sources: readonly Source[]): Result<readonly Source[]> {
  const [first] = sources;
  if (first === undefined) return fail('usage', 'no file to import', { hint: 'Name at least one file or folder.' });
  const odd = sources.find((source) => source.kind.format !== first.kind.format);
  if (odd !== undefined) {
    return fail('format-invalid', `${first.path} is ${first.kind.format}, ${odd.path} is ${odd.kind.format}`, {
      hint: 'Import one format at a time.',
    });
  }
  const holds = (role: FileKind['content']['role']): boolean => sources.some(({ kind }) => kind.content.role === role);
  if (!holds('rows') && !holds('films')) {
    return fail('format-invalid', `${first.path} holds neither ratings nor films`, {
      hint: 'Give the ratings and movies files, or their folder.',
    });
  }
  if (first.kind.format === 'movielens' && holds('rows') && !holds('films')) {
    return fail('format-invalid', `${first.path} names films by number, and no films file says which they are`, {
      hint: 'Give the movies file too (movies.csv, movies.dat or u.item), or the folder that holds both.',
    });
  }
  return succeed(sources);
}
