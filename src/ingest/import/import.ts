/**
 * Reads files into the state: (1) look at all files, (2) films, (3) rows, flushed in sorted batches, (4) a record of each
 * file. An import that was cut short is repeated as a whole: what it had written already changes nothing.
 */

import { MatineeError, type Result, succeed } from '../../core/errors.js';
import type { OnProgress } from '../../core/progress.js';
import type { State } from '../../store/state.js';
import { isFilmId } from '../../world/film-id.js';
import { nameFilms, type NumberedFilm } from '../../world/movielens-ids.js';
import { EventBuffer } from './event-buffer.js';
import { ImportedFilms } from './imported-films.js';
import { readFilm } from './movielens-films.js';
import { readSource, type TakeFields } from './read-source.js';
import { Rejections } from './rejections.js';
import type { ImportedFile, ImportReport } from './report.js';
import { readRow, type RowRules } from './rows.js';
import { findSources, type Source } from './sources.js';

export interface ImportOptions {
  /** Files, or a folder with a MovieLens edition. */
  readonly files: readonly string[];
  /** Told from the files when absent. */
  readonly format?: string;
}

export async function importFiles(
  state: State,
  options: ImportOptions,
  onProgress: OnProgress,
): Promise<Result<ImportReport>> {
  const sources = await findSources(options.files, options.format);
  if (!sources.ok) return sources;
  try {
    return succeed(await importSources(state, sources.value, onProgress));
  } catch (error) {
    if (error instanceof MatineeError) return { ok: false, error };
    throw error;
  }
}

async function importSources(state: State, sources: readonly Source[], onProgress: OnProgress): Promise<ImportReport> {
  const started = performance.now();
  const rejections = new Rejections();
  const read = (source: Source, take: TakeFields): Promise<ImportedFile> =>
    readSource(source, take, rejections, onProgress);

  const { format } = sources[0]!.kind;
  const numbered: NumberedFilm[] = [];
  const files: ImportedFile[] = [];
  for (const source of sources) {
    if (source.kind.content.role !== 'films') continue;
    const file = await read(source, (fields) => {
      const film = readFilm(fields, source.kind.separator);
      return typeof film === 'string' ? film : void numbered.push(film);
    });
    files.push(file);
  }

  const named = nameFilms(numbered);
  const films = new ImportedFilms();
  for (const film of named.films) films.add(film);
  const rules = format === 'matinee' ? matineeRules : movieLensRules(named.ids);

  const buffer = new EventBuffer(state, films);
  for (const source of sources) {
    const { content } = source.kind;
    if (content.role !== 'rows') continue;
    const file = await read(source, (fields) => {
      const row = readRow(fields, content.columns, rules);
      return typeof row === 'string' ? row : buffer.add(row);
    });
    files.push(file);
  }
  buffer.flush();

  const at = new Date().toISOString();
  state.transaction(() => {
    for (const file of files) state.imports.add({ ...file, format, at });
  });
  return {
    format,
    files,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    accepted: files.reduce((sum, file) => sum + file.accepted, 0),
    rejected: rejections.list(),
    ignoredColumns: [
      ...new Set(sources.flatMap(({ kind }) => (kind.content.role === 'rows' ? kind.content.ignoredColumns : []))),
    ],
    ignoredFiles: sources.filter(({ kind }) => kind.content.role === 'unused').map(({ name }) => name),
    renamedFilms: named.renamed,
    users: state.histories.count(),
    films: state.films.count(),
    seconds: (performance.now() - started) / 1000,
  };
}

/** The site's scale was 1–5 and is 1–10: both are taken as given. */
const matineeRules: RowRules = {
  ratingMin: Number.MIN_VALUE,
  ratingMax: 10,
  filmId: (text) => (isFilmId(text) ? text : undefined),
  filmReason: 'film-invalid',
};

const movieLensRules = (ids: ReadonlyMap<string, string>): RowRules => ({
  ratingMin: 0.5,
  ratingMax: 5,
  filmId: (text) => ids.get(text),
  filmReason: 'film-unknown',
});
