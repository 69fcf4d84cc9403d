/** Reads from a CSV file for whom films are: the columns `movie_id`, `maturity` and, if there is one, `source`. */

import { basename } from 'node:path';
import { fail, MatineeError, succeed, type Result } from '../../core/errors.js';
import type { Films, Maturity } from '../../store/films.js';
import type { State } from '../../store/state.js';
import { splitFields } from '../import/fields.js';
import { LINE_LENGTH_MAX, openLines } from '../import/lines.js';
import { Rejections } from '../import/rejections.js';
import type { Reason, Rejected } from '../import/report.js';
import { maturityOf } from './maturity.js';

export interface AnnotationReport {
  readonly file: string;
  /** Lines below the header that are not blank; rows = accepted + the sum of rejected. */
  readonly rows: number;
  readonly accepted: number;
  /** Films for which the file says something new. */
  readonly changed: number;
  /** Most frequent first. */
  readonly rejected: readonly Rejected[];
}

interface Columns {
  readonly width: number;
  readonly film: number;
  readonly maturity: number;
  /** −1 where the file has no such column. */
  readonly source: number;
}

/** Errors: file-unreadable, format-invalid (no such columns). What was read before a failure stays. */
export async function annotateFilms(state: State, path: string): Promise<Result<AnnotationReport>> {
  try {
    return await annotate(state, path);
  } catch (error) {
    if (error instanceof MatineeError) return { ok: false, error };
    throw error;
  }
}

async function annotate({ films, transaction }: State, path: string): Promise<Result<AnnotationReport>> {
  const name = basename(path);
  const rejections = new Rejections();
  let columns: Columns | undefined;
  let [rows, accepted, changed] = [0, 0, 0];

  const takeLine = (line: string, known: Columns): Reason | void => {
    // A U+FFFD is what the decoder leaves where the bytes are not UTF-8.
    const isReadable = line.length <= LINE_LENGTH_MAX && !line.includes('\uFFFD');
    const fields = isReadable ? splitFields(line, ',') : undefined;
    if (fields === undefined || fields.length > known.width) return 'row-unreadable';
    if (fields.length < known.width) return 'fields-missing';
    const maturity = maturityOf(fields[known.maturity]!, fields[known.source]?.trim() || name);
    if (maturity === undefined) return 'maturity-invalid';
    const index = films.indexOf(fields[known.film]!.trim());
    if (index < 0) return 'film-unknown';
    if (setMaturity(films, index, maturity)) changed++;
  };

  for await (const { lines, firstLine } of openLines(path, false).batches()) {
    const header = lines.findIndex((line) => line.trim() !== '');
    const first = columns === undefined ? header + 1 : 0;
    if (columns === undefined && header >= 0) columns = columnsOf(lines[header]!);
    if (columns === undefined) continue;
    const known = columns;
    if (known.film < 0 || known.maturity < 0) {
      return fail('format-invalid', `${path} has no columns movie_id and maturity`, {
        hint: 'Its first line must name them, e.g. `movie_id,maturity` or `movie_id,maturity,source`.',
        fields: { file: path },
      });
    }
    transaction(() => {
      for (const [i, line] of lines.entries()) {
        if (i < first || line.trim() === '') continue;
        rows++;
        const reason = takeLine(line, known);
        if (reason === undefined) accepted++;
        else rejections.add(reason, name, firstLine + i, line);
      }
    });
  }
  return succeed({ file: name, rows, accepted, changed, rejected: rejections.list() });
}

function columnsOf(header: string): Columns {
  const names = (splitFields(header, ',') ?? []).map((name) => name.trim());
  const place = (name: string): number => names.indexOf(name);
  return { width: names.length, film: place('movie_id'), maturity: place('maturity'), source: place('source') };
}

/** @returns whether that is news */
function setMaturity(films: Films, index: number, maturity: Maturity): boolean {
  const film = films.get(index)!;
  if (film.maturity.class === maturity.class && film.maturity.source === maturity.source) return false;
  films.put({ ...film, maturity });
  return true;
}
