/** Snapshots beside others: a process that writes into the state meanwhile, and the programs that read the files. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { built, packageRoot } from '../../src/core/package.js';
import { filmTable } from '../../src/dataset/snapshot/film-table.js';
import { interactionTable } from '../../src/dataset/snapshot/interaction-table.js';
import { readRows } from '../../src/dataset/snapshot/read-table.js';
import { writeSnapshot } from '../../src/dataset/snapshot/write.js';
import { openState, type State } from '../../src/store/state.js';
import { fill, filmId } from './snapshot-state.js';

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

const shelf = () => join(folder, 'snapshots');
const write = (second: number) => {
  const created = new Date(Date.UTC(2026, 0, 2, 3, 4, second));
  return unwrap(writeSnapshot(state, shelf(), { code: {}, created, onProgress: () => undefined }));
};

async function only<Value>(batches: AsyncIterable<Iterable<Value>>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

test('all files are of one moment, while another process commits on and on', async () => {
  state.films.put({ id: 'a', title: '0', year: null, genres: [] });
  const program = join(packageRoot, 'test/dataset/snapshot-writer.mjs');
  const url = pathToFileURL(built('src/store/state.js')).href;
  const writer = spawn(process.execPath, [program, url, join(folder, 'state')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  await once(writer.stdout, 'data');

  let overtaken = 0;
  const moments = new Set<number>();
  for (let i = 0; i < 10; i++) {
    const manifest = write(i);
    state.resetRead();
    if (state.version() !== manifest.stateVersion) overtaken++;
    const home = join(shelf(), manifest.id);
    const rows = await only(readRows(join(home, 'interactions.parquet'), interactionTable.columns));
    const [film] = await only(readRows(join(home, 'films.parquet'), filmTable.columns));
    const moment = manifest.lines.commits!;
    expect(new Set(rows.map(({ rated_s }) => rated_s))).toEqual(new Set([moment]));
    expect(film).toMatchObject({ title: String(moment), viewers: 500 });
    moments.add(moment);
  }
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  expect(overtaken).toBeGreaterThan(5);
  expect(moments.size).toBeGreaterThan(5);
}, 30_000);

test('a writer killed half-way leaves no snapshot', async () => {
  fill(state);
  const program = `
    const { openState } = await import(${JSON.stringify(pathToFileURL(built('src/store/state.js')).href)});
    const { writeSnapshot } = await import(${JSON.stringify(pathToFileURL(built('src/dataset/snapshot/write.js')).href)});
    const state = openState(process.argv[1]).value;
    // Of the fourth table: three files are written by then.
    state.held.all = () => { process.kill(process.pid, 'SIGKILL'); };
    writeSnapshot(state, process.argv[2], { code: {}, created: new Date(), onProgress: () => undefined });`;
  const args = ['--input-type=module', '-e', program, join(folder, 'state'), shelf()];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  const left = readdirSync(shelf());
  expect(left).toEqual([`.tmp-${child.pid}`]);
  expect(readdirSync(join(shelf(), left[0]!)).sort()).toEqual(
    expect.arrayContaining(['films.parquet', 'interactions.parquet', 'users.parquet']),
  );
  const { id } = write(1);
  expect(readdirSync(shelf())).toEqual([id]);
});

const document = await readFile(join(packageRoot, 'docs/snapshots.md'), 'utf8');
const example = (language: string): string => new RegExp('```' + language + '\\n(.*?)```', 's').exec(document)![1]!;

test('DuckDB reads every table, and answers the question of docs/snapshots.md', async () => {
  fill(state);
  const { id, files } = write(1);
  const home = join(shelf(), id);
  const connection = await (await DuckDBInstance.create()).connect();
  const ask = async (sql: string): Promise<Record<string, unknown>[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJson();
  for (const [name, { rows, columns }] of Object.entries(files)) {
    const described = await ask(`DESCRIBE SELECT * FROM '${join(home, name)}'`);
    expect(described.map(({ column_name }) => column_name)).toEqual(columns.map((column) => column.name));
    expect(await ask(`SELECT count(*)::INT AS n FROM '${join(home, name)}'`)).toEqual([{ n: rows }]);
  }
  const types = await ask(`DESCRIBE SELECT * FROM '${join(home, 'interactions.parquet')}'`);
  expect(Object.fromEntries(types.map(({ column_name, column_type }) => [column_name, column_type]))).toMatchObject({
    ...{ user_id: 'BIGINT', movie_id: 'VARCHAR', share: 'FLOAT', minutes: 'INTEGER', rating: 'FLOAT' },
    ...{ first_ts: 'TIMESTAMP WITH TIME ZONE', arm: 'VARCHAR', propensity: 'FLOAT', flags: 'INTEGER' },
  });
  const films = join(home, 'films.parquet');
  expect(await ask(`SELECT genres, cost, title FROM '${films}' WHERE movie_id = '${filmId(15)}'`)).toEqual([
    { genres: ['Genre 0', 'Genre 1', 'Genre 2'], cost: null, title: 'Ünïcode, "quoted" 電影' },
  ]);
  expect(await ask(`SELECT genres, cost FROM '${films}' WHERE movie_id = '${filmId(4)}'`)).toEqual([
    { genres: [], cost: 0 },
  ]);
  const sums = await ask(
    `SELECT count(rating)::INT AS ratings, sum(minutes)::INT AS minutes, max(share) AS share,
       count(arm)::INT AS arms, max(epoch_ms(last_ts))::BIGINT AS last FROM '${join(home, 'interactions.parquet')}'`,
  );
  expect(sums).toEqual([expectedSums(state)]);

  const sql = example('sql').replaceAll(/'(\w+\.parquet)'/g, (_, name: string) => `'${join(home, name)}'`);
  const answer = await ask(sql);
  expect(answer.length).toBeGreaterThan(0);
  connection.closeSync();
});

/** From the state itself. */
function expectedSums({ films, histories }: State): Record<string, unknown> {
  const runtimes = Array.from(films.all(), ([, { runtime }]) => runtime);
  const sums = { ratings: 0, minutes: 0, share: 0, arms: 0 };
  let last = 0;
  for (const user of histories.users()) {
    for (const { film, rating, minutes, last: seen, rated } of histories.read(user)!.entries()) {
      if (!Number.isNaN(rating)) sums.ratings++;
      last = Math.max(last, seen * 1000, rated * 1000);
      if (Number.isNaN(minutes)) continue;
      sums.minutes += minutes;
      sums.share = Math.max(sums.share, Math.fround(Math.min(1, minutes / (runtimes[film] ?? Infinity))));
    }
  }
  return { ...sums, last: String(last) };
}

const python = process.env.MATINEE_PYTHON ?? 'python3';
function reasonToSkip(): string | undefined {
  try {
    execFileSync(python, ['-c', 'import pyarrow.parquet'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return (error as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1) ?? String(error);
  }
}
const reason = reasonToSkip();
if (reason !== undefined) console.log(`skipped: ${python} cannot run the example of docs/snapshots.md (${reason})`);

test.skipIf(reason !== undefined)('pyarrow reads every table, and runs the example of docs/snapshots.md', () => {
  fill(state);
  const { id, files } = write(1);
  const home = join(shelf(), id);
  const run = (program: string): string => execFileSync(python, ['-c', program], { cwd: home, encoding: 'utf8' });
  for (const [name, { rows, columns }] of Object.entries(files)) {
    const told = run(`
import json, pyarrow.parquet as pq
t = pq.read_table('${name}')
print(json.dumps({'rows': t.num_rows, 'names': t.column_names, 'nulls': [c.null_count for c in t.columns]}))`);
    expect(JSON.parse(told)).toMatchObject({ rows, names: columns.map((column) => column.name) });
  }
  const schema = run(`import pyarrow.parquet as pq; print(pq.read_schema('interactions.parquet'))`);
  expect(schema).toContain('last_ts: timestamp[ms, tz=UTC]');
  expect(run(example('python'))).toMatch(/\d/);
});
