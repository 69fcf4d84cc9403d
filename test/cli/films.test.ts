/** `matinee films annotate`: maturity classes from a file into the catalogue. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addFilms } from '../../src/cli/films.js';
import { unwrap } from '../../src/core/errors.js';
import { openState } from '../../src/store/state.js';
import { runCommand } from './run.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = () => join(folder, 'list.csv');
const annotate = async (text: string, ...args: string[]) => {
  await writeFile(file(), text);
  return runCommand([addFilms], ['films', 'annotate', file(), ...args, '--data-dir', folder]);
};

async function withFilms<T>(use: (state: ReturnType<typeof open>) => T): Promise<T> {
  const state = open();
  try {
    return use(state);
  } finally {
    await state.close();
  }
}
const open = () => unwrap(openState(join(folder, 'state')));
const fill = () =>
  withFilms(({ films }) => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f'])
      films.put({ id, title: id, year: null, genres: ['War'], cost: 0.5 });
  });
const maturities = () =>
  withFilms(({ films }) => Array.from(films.all(), ([, { maturity }]) => `${maturity.class} ${maturity.source}`));

test('classes and ratings are set, everything else of a film stays', async () => {
  await fill();
  const { stdout, code } = await annotate('movie_id,maturity\na,all\nb,PG-13\nc,nc-17\n\nd,Teen\ne,G\r\n');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '5 of 5 rows of list.csv accepted, 5 films changed\n' });
  expect(await maturities()).toEqual([
    ...['all list.csv', 'teen list.csv', 'adult list.csv', 'teen list.csv', 'all list.csv', 'unknown '],
  ]);
  expect(await withFilms(({ films }) => films.get(1))).toMatchObject({ title: 'b', genres: ['War'], cost: 0.5 });
});

test('a column names the source; the same file again changes nothing; unknown takes back', async () => {
  await fill();
  const text = 'source,movie_id,maturity\n"BBFC, London",a,adult\n,b,R\n';
  expect(JSON.parse((await annotate(text, '--json')).stdout)).toMatchObject({ accepted: 2, changed: 2 });
  expect((await maturities()).slice(0, 2)).toEqual(['adult BBFC, London', 'adult list.csv']);
  expect(JSON.parse((await annotate(text, '--json')).stdout)).toMatchObject({ accepted: 2, changed: 0 });
  await annotate('movie_id,maturity\na,unknown\n');
  expect((await maturities())[0]).toBe('unknown ');
});

test('bad rows are named by line, the others count', async () => {
  await fill();
  const { stdout } = await annotate('movie_id,maturity\nnone,all\na,PG13\nb\nc,all,x\n"d,all\ne,all\n');
  expect(stdout.split('\n')).toEqual([
    '1 of 6 rows of list.csv accepted, 1 films changed',
    '  2 refused: row-unreadable',
    '    list.csv:5: c,all,x',
    '    list.csv:6: "d,all',
    '  1 refused: fields-missing',
    '    list.csv:4: b',
    '  1 refused: film-unknown',
    '    list.csv:2: none,all',
    '  1 refused: maturity-invalid',
    '    list.csv:3: a,PG13',
    '',
  ]);
});

test('another file, and no state', async () => {
  expect(await annotate('movie_id,maturity\n')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('there is no state') as string,
  });
  await fill();
  expect((await annotate('id,class\na,all\n')).stderr).toContain('has no columns movie_id and maturity');
  expect((await annotate('')).stdout).toBe('0 of 0 rows of list.csv accepted, 0 films changed\n');
  await rm(file());
  const missing = await runCommand([addFilms], ['films', 'annotate', file(), '--data-dir', folder]);
  expect(missing.stderr).toContain('cannot read');
});
