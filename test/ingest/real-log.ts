/** The logs that a site really wrote, as a source for tests, with the catalogue and the look-up API that belong to them. */

import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { packageRoot } from '../../src/core/package.js';
import { filmSpelt } from '../../src/sim/catalogue/films.js';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { createSimWorld } from '../../src/sim/world.js';
import type { State } from '../../src/store/state.js';

const data = process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data');

/** Why there is nothing to read; undefined when there is. */
export const whyNoRealLog = existsSync(join(data, 'movielog')) ? undefined : `no ${join(data, 'movielog')}`;

/** By partition. */
export const realLogs = ['2022-10-07.log', '2022-11-14-first-half.log'].map((name) => join(data, 'movielog', name));
/** The partition in which all faults are known. */
export const TRUE_PARTITION = 1;

const textsOf = (path: string): string[] => readFileSync(path, 'latin1').split('\n').slice(0, -1);

export const realLines = (partition: number): string[] => textsOf(realLogs[partition]!);

export interface KnownFault {
  /** In TRUE_PARTITION. */
  readonly offset: number;
  readonly kind: 'syntax' | 'film-id';
}

export function knownFaults(): KnownFault[] {
  const rows = textsOf(join(data, 'movielog', '2022-11-14-first-half.truth.tsv')).slice(1);
  return rows.map((row) => {
    const [line, kind] = row.split('\t') as [string, KnownFault['kind']];
    return { offset: Number(line) - 1, kind };
  });
}

/** The film that a line names, in the place where a sound line has it. */
export const filmIn = (line: string): string | undefined => /GET \/(?:data\/m|rate)\/([^/=]+)[/=]/.exec(line)?.[1];

/** The site's catalogue as far as it is known. */
export function realFilms(): ReadonlySet<string> {
  const read = (name: string, delimiter: string, column: number): string[] => {
    const options = { delimiter, from: 2, relax_column_count: true };
    return parse(readFileSync(join(data, 'catalog', name)), options).map((row) => row[column]!);
  };
  const ids = [...read('movies-genres.csv', ';', 1), ...read('movies-tmdb.csv', ',', 0)];
  return new Set(ids.filter((id) => /^[a-z0-9+._*'-]+$/.test(id)));
}

export function putFilms(state: State, ids: Iterable<string>): void {
  state.transaction(() => {
    for (const id of ids) state.films.put({ id, title: id, year: null, genres: [] });
  });
}

/** Knows every film, but for those in lines that are known to be faulty. */
export function startRealApi(): Promise<ApiStandIn> {
  const lines = realLines(TRUE_PARTITION);
  const wrong = new Set(
    knownFaults().map(({ offset, kind }) => (kind === 'film-id' ? filmIn(lines[offset]!) : undefined)),
  );
  return startApiStandIn(createSimWorld({ seed: 1, films: 1, users: 10 }), {
    film: (id) => (wrong.has(id) ? undefined : filmSpelt(1, id)),
  });
}

export async function copyRealLogs(folder: string): Promise<void> {
  for (const [partition, log] of realLogs.entries()) {
    await mkdir(join(folder, String(partition)), { recursive: true });
    await copyFile(log, join(folder, String(partition), `${'0'.repeat(20)}.log`));
  }
}
