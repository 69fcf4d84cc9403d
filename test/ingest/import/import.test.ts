/** Imports of whole files: published editions, the site's CSV, and everything that can be wrong with them. */

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwrap, type MatineeError } from '../../../src/core/errors.js';
import { packageRoot } from '../../../src/core/package.js';
import type { Progress } from '../../../src/core/progress.js';
import { importFiles } from '../../../src/ingest/import/import.js';
import type { ImportReport } from '../../../src/ingest/import/report.js';
import { openState, type State } from '../../../src/store/state.js';

const ignore = (): void => undefined;

const bundled = join(packageRoot, 'data', 'movielens-latest-small');
const testData = process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data');

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = unwrap(openState(join(folder, 'state')));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const run = async (...files: string[]): Promise<ImportReport> => unwrap(await importFiles(state, { files }, ignore));

async function refuse(files: readonly string[], format?: string): Promise<MatineeError> {
  const result = await importFiles(state, format === undefined ? { files } : { files, format }, ignore);
  if (result.ok) throw new Error('was imported');
  return result.error;
}

/** Everything the state holds, as text. */
const dump = (): string =>
  JSON.stringify({
    films: [...state.films.all()],
    users: [...state.histories.users()].map((user) => [user, state.histories.read(user)!.entries()]),
    imports: state.imports.list(),
  });

/** A user's history as [film id, rating, minutes, time in seconds]. */
const history = (user: number): unknown[] =>
  state.histories
    .read(user)!
    .entries()
    .map(({ film, rating, rated, minutes, last }) => [
      state.films.get(film)!.id,
      rating,
      minutes,
      Math.max(last, rated),
    ]);

const reasons = (report: ImportReport): Record<string, number> =>
  Object.fromEntries(report.rejected.map(({ reason, count }) => [reason, count]));

describe('MovieLens', () => {
  test('the bundled edition: every row, twice the same state', async () => {
    const progress: Progress[] = [];
    const report = unwrap(await importFiles(state, { files: [bundled] }, (step) => progress.push(step)));
    expect(report).toMatchObject({
      format: 'movielens',
      rows: 109_129,
      accepted: 109_129,
      rejected: [],
      renamedFilms: 2,
      users: 671,
      films: 9125,
    });
    expect(progress.at(-1)).toMatchObject({ task: 'import ratings.csv', done: 2_338_261, total: 2_338_261 });
    expect(state.stats().interactions).toBe(100_004);
    expect(state.films.get(state.films.indexOf('les+misrables+1995'))).toMatchObject({
      title: 'Les Misérables',
      year: 1995,
    });
    const first = dump();
    await run(bundled);
    expect(dump()).toBe(first);
  });

  test('files without their folder, tags and links named as ignored', async () => {
    const movies = await file('m.csv', 'movieId,title,genres\n7,"Postman, The (1994)",Comedy|Drama\n');
    const ratings = await file(
      'r.csv',
      'userId,movieId,rating,timestamp\n1,7,3.5,1000\n1,8,3.5,1000\n1,7,0,1000\n2,7,5.5,1\n',
    );
    const tags = await file('tags.csv', 'userId,movieId,tag,timestamp\n1,7,funny,1\n');
    const report = await run(ratings, tags, movies);
    expect(history(1)).toEqual([['the+postman+1994', 3.5, NaN, 1000]]);
    expect(report.ignoredFiles).toEqual(['tags.csv']);
    expect(reasons(report)).toEqual({ 'rating-invalid': 2, 'film-unknown': 1 });
  });

  test('the 1M and 10M editions: fields between ::, titles in Latin-1 or UTF-8', async () => {
    for (const encoding of ['latin1', 'utf8'] as const) {
      const edition = join(folder, encoding);
      await mkdir(edition);
      const movies = '1::Toy Story (1995)::Animation|Comedy\n73::Misérables, Les (1995)::Drama\n';
      await writeFile(join(edition, 'movies.dat'), Buffer.from(movies, encoding));
      await writeFile(join(edition, 'ratings.dat'), '1::1::5::978300760\n1::73::3::978302109\n');
      await run(edition);
    }
    expect(history(1)).toEqual([
      ['toy+story+1995', 5, NaN, 978300760],
      ['les+misrables+1995', 3, NaN, 978302109],
    ]);
    expect(state.films.get(1)).toMatchObject({ title: 'Les Misérables', genres: ['Drama'] });
  });

  test('the 100K edition: tabs, bars and genre flags', async () => {
    const flags = '0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0';
    await file(
      'u.item',
      `1|Toy Story (1995)|01-Jan-1995||http://example.org/|${flags}\n267|unknown||||1${flags.slice(1)}\n`,
    );
    await file('u.data', '196\t1\t3\t881250949\n196\t267\t1\t881250950\n');
    await run(folder);
    expect(history(196)).toEqual([
      ['toy+story+1995', 3, NaN, 881250949],
      ['unknown+', 1, NaN, 881250950],
    ]);
  });

  test('ratings without films say which file is missing', async () => {
    const error = await refuse([await file('ratings.csv', 'userId,movieId,rating,timestamp\n1,7,3.5,1000\n')]);
    expect(error.code).toBe('format-invalid');
    expect(error.hint).toContain('movies.csv');
  });
});

describe("the site's CSV", () => {
  test('ratings and watches of one user join; unknown films get a guessed title', async () => {
    const ratings = await file(
      'ratings.csv',
      'rating,movie_id,source,user_id,timestamp\n8,fight+club+1999,x,0042,2026-07-17T17:00:42\n10,up+2009,x,42,1784307642000\n',
    );
    const watches = await file(
      'watches.csv',
      'time,user_id,movie_id,max_minute_seen\n,42,fight+club+1999,19\n2026-07-18T00:00:00,42,fight+club+1999,\n,7,up+2009,5\n',
    );
    const report = await run(ratings, watches);
    expect(report).toMatchObject({
      format: 'matinee',
      rows: 5,
      accepted: 5,
      users: 2,
      films: 2,
      ignoredColumns: ['source'],
    });
    expect(history(42)).toEqual([
      ['up+2009', 10, NaN, 1784307642],
      ['fight+club+1999', 8, 19, Date.UTC(2026, 6, 18) / 1000],
    ]);
    expect(history(7)).toEqual([['up+2009', NaN, 5, 0]]);
    expect(state.films.get(0)).toMatchObject({
      listing: 'unverified',
      id: 'fight+club+1999',
      title: 'Fight Club',
      year: 1999,
      genres: [],
    });
  });

  test('a film the catalogue knows keeps its title', async () => {
    state.films.put({ id: 'up+2009', title: 'UP', year: 2009, genres: ['Animation'] });
    await run(await file('r.csv', 'user_id,movie_id,rating,timestamp\n1,up+2009,4,1\n'));
    expect(state.films.get(0)).toMatchObject({ title: 'UP', genres: ['Animation'] });
  });

  test('every bad row is counted by its reason with an example, good rows stay', async () => {
    const rows = [
      '1,up+2009,4,1000',
      '', // blank lines are no rows
      '1,up+2009',
      '1,up+2009,,1000',
      '1,up+2009,4,1000,9',
      '1,"up+2009,4,1000',
      '"1","up+2009","5","2000"',
      'abc,up+2009,4,1000',
      '-1,up+2009,4,1000',
      '12345678901,up+2009,4,1000',
      '1,city +of+god+2002,4,1000',
      '1,aDdjc1gioFamIk7,4,1000',
      '1,,4,1000',
      '1,up+2009,15,1000',
      '1,up+2009,0,1000',
      '1,up+2009,1e1,1000',
      '1,up+2009,4,soon\x1b[31m',
      `1,${'x'.repeat(1_000_000)},4,1000`,
    ];
    const report = await run(
      await file('r.csv', Buffer.from(`\uFEFFuser_id,movie_id,rating,timestamp\r\n${rows.join('\r\n')}`)),
    );
    expect(report).toMatchObject({ rows: 17, accepted: 2 });
    expect(history(1)).toEqual([['up+2009', 5, NaN, 2000]]);
    expect(reasons(report)).toEqual({
      'row-unreadable': 3,
      'user-invalid': 3,
      'film-invalid': 3,
      'rating-invalid': 3,
      'fields-missing': 2,
      'time-invalid': 1,
    });
    const time = report.rejected.find(({ reason }) => reason === 'time-invalid')!;
    expect(time.examples).toEqual([{ file: 'r.csv', line: 18, text: '1,up+2009,4,soon\\u001b[31m' }]);
    const unreadable = report.rejected.find(({ reason }) => reason === 'row-unreadable')!;
    expect(unreadable.examples.map(({ line }) => line)).toEqual([6, 7, 19]);
    expect(unreadable.examples[2]!.text).toHaveLength(120);
  });

  test('rows that are not UTF-8 are refused one by one', async () => {
    const bytes = Buffer.from('user_id,movie_id,rating,timestamp\n1,amélie+2001,4,1\n1,up+2009,4,1\n', 'latin1');
    expect(await run(await file('r.csv', bytes))).toMatchObject({ rows: 2, accepted: 1 });
  });

  test('whatever bytes follow the header: rows = accepted + rejected', async () => {
    const pieces = fc.constantFrom('1', '42', ',', ',', ',', '"', '\n', '\r\n', 'up+2009', '4', '\0', '\uFFFF', ' ');
    const body = fc.oneof(
      fc.array(pieces, { maxLength: 60 }).map((all) => Buffer.from(all.join(''))),
      fc.uint8Array(),
    );
    await fc.assert(
      fc.asyncProperty(body, async (bytes) => {
        const header = Buffer.from('user_id,movie_id,rating,timestamp\n1,up+2009,4,1\n');
        const result = await importFiles(
          state,
          { files: [await file('f.csv', Buffer.concat([header, bytes]))] },
          ignore,
        );
        const { rows, accepted, rejected } = unwrap(result);
        expect(rows).toBe(accepted + rejected.reduce((sum, { count }) => sum + count, 0));
        expect(accepted).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });

  const interactions = join(testData, 'interactions');
  test.skipIf(!existsSync(interactions))(`real exports (skipped without ${interactions})`, async () => {
    const report = await run(
      join(interactions, 'ratings.csv'),
      join(interactions, 'watches.csv'),
      join(interactions, 'ratings-2026-1to10.csv'),
    );
    expect(report.rows).toBe(106_444 + 314_719 + 21);
    expect(report.accepted / report.rows).toBeGreaterThan(0.998);
    expect(reasons(report)['rating-invalid']).toBe(1);
  });
});

describe('what cannot be imported at all says why', () => {
  test.each([
    ['empty.csv', '', 'format-invalid', /is empty/],
    ['blank.csv', '\n  \n', 'format-invalid', /is empty/],
    ['binary.csv', 'PK\x03\x04\0\0', 'format-unknown', /not a text file/],
    ['headless.csv', '1,up+2009,4,1000\n', 'format-unknown', /no header/],
    ['links.csv', 'movieId,imdbId,tmdbId\n1,2,3\n', 'format-invalid', /neither ratings nor films/],
  ])('%s', async (name, content, code, message) => {
    const error = await refuse([await file(name, content)]);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(name);
  });

  test('a misspelt column gets a guess', async () => {
    const error = await refuse([await file('r.csv', 'userid,movie_id,rating,timestamp\n1,up+2009,4,1\n')]);
    expect(error.hint).toContain('userid → user_id');
  });

  test('a misspelt or wrong format gets the right one', async () => {
    const ratings = await file('r.csv', 'user_id,movie_id,rating,timestamp\n1,up+2009,4,1\n');
    expect((await refuse([ratings], 'matine')).message).toContain('did you mean matinee?');
    const wrong = await refuse([ratings], 'movielens');
    expect(wrong.code).toBe('format-unknown');
    expect(wrong.hint).toContain('--format matinee');
  });

  test('missing files, odd folders, mixed formats, nothing at all', async () => {
    expect((await refuse([join(folder, 'nowhere.csv')])).code).toBe('file-unreadable');
    expect((await refuse([folder])).message).toContain('holds no MovieLens edition');
    const ratings = await file('r.csv', 'user_id,movie_id,rating,timestamp\n');
    expect((await refuse([ratings, bundled])).message).toContain('is movielens');
    expect((await refuse([])).code).toBe('usage');
    expect(dump()).toBe('{"films":[],"users":[],"imports":[]}');
  });

  test('a header without rows is an import of nothing', async () => {
    expect(await run(await file('r.csv', 'user_id,movie_id,rating,timestamp\n'))).toMatchObject({ rows: 0, users: 0 });
  });
});
