/** Snapshots: a state to Parquet and back, nothing lost; what is damaged is named; what is unfinished is none. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { readInteractions } from '../../src/dataset/interactions.js';
import { snapshotInteractions } from '../../src/dataset/snapshot/interactions.js';
import type { SnapshotManifest } from '../../src/dataset/snapshot/manifest.js';
import { restoreSnapshot } from '../../src/dataset/snapshot/restore.js';
import { removeSnapshot, snapshotIds } from '../../src/dataset/snapshot/shelf.js';
import { verifySnapshot } from '../../src/dataset/snapshot/verify.js';
import { writeSnapshot } from '../../src/dataset/snapshot/write.js';
import { canonicalLines } from '../../src/store/canonical.js';
import { HISTORY_CAPACITY } from '../../src/store/history-codec.js';
import { lookupLanes } from '../../src/store/lookup-codec.js';
import { openState, type State } from '../../src/store/state.js';
import { fill, FILMS } from './snapshot-state.js';

let folder: string;
let shelf: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  shelf = join(folder, 'snapshots');
  state = unwrap(openState(join(folder, 'state')));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const quiet = () => undefined;
const code = { version: '0.1.0', commit: null, dirty: false };
const created = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second));
const write = (second = 5): SnapshotManifest =>
  unwrap(writeSnapshot(state, shelf, { code, created: created(second), onProgress: quiet }));

async function restored(manifest: SnapshotManifest, check: (copy: State) => void | Promise<void>): Promise<void> {
  const copy = unwrap(openState(join(folder, 'copy')));
  try {
    expect(unwrap(await restoreSnapshot(copy, join(shelf, manifest.id), quiet))).toEqual(manifest);
    await check(copy);
  } finally {
    await copy.close();
  }
}

/** Every stored thing, also what the canonical text leaves out. */
const everything = ({ films, users, histories, viewers, held, requests, partitions, lines, meta, ...rest }: State) => ({
  films: [...films.all()],
  users: [...users.all()],
  histories: [...histories.users()].map((user) => [user, bytesOf(histories, user)]),
  viewers: viewers.counts(films.count()),
  held: [...held.all()],
  waits: [...held.waits()],
  requests: [...requests.between(0, Infinity)],
  partitions: [...partitions.all()],
  lines: [...lines.all()],
  meta: [meta.topic(), meta.ratingHigh()],
  imports: rest.imports.list(),
  lookups: [[...rest.lookups.all('film')], [...rest.lookups.all('user')]],
  due: lookupLanes.map((lane) => rest.lookups.due('film', lane, 2 ** 47, 10)),
});

function bytesOf(histories: State['histories'], user: number): unknown {
  const view = histories.read(user)!;
  return Array.from({ length: view.count }, (_, i) => [
    ...[view.film(i), view.rating(i), view.rated(i), view.minutes(i), view.first(i), view.last(i), view.began(i)],
  ]);
}

test('a restored state is the one that was written', async () => {
  fill(state);
  await restored(write(), (copy) => {
    expect(everything(copy)).toEqual(everything(state));
    expect([...canonicalLines(copy)]).toEqual([...canonicalLines(state)]);
  });
});

test('an empty state goes there and back', async () => {
  const manifest = write();
  expect(manifest.counts).toEqual({ users: 0, films: 0, interactions: 0 });
  await restored(manifest, (copy) => {
    expect(everything(copy)).toEqual(everything(state));
  });
});

test('viewers stay counted whose film has left a long history', async () => {
  state.transaction(() => {
    for (let i = 0; i <= HISTORY_CAPACITY; i++) state.films.put({ id: `f${i}`, title: 'f', year: null, genres: [] });
  });
  for (const films of [[0], [...Array(HISTORY_CAPACITY).keys()].map((i) => i + 1)]) {
    state.histories.merge(
      1,
      films.map((film) => ({ film, rating: null, minutes: 1, timeMs: (film + 1) * 1000 })),
    );
  }
  expect(state.viewers.counts(2)).toEqual(Uint32Array.of(1, 1));
  await restored(write(), (copy) => {
    expect(copy.viewers.counts(HISTORY_CAPACITY + 1)).toEqual(state.viewers.counts(HISTORY_CAPACITY + 1));
  });
});

test('training reads from it what it would read from the state', async () => {
  fill(state);
  const manifest = write();
  expect(await snapshotInteractions(join(shelf, manifest.id), manifest)).toEqual(readInteractions(state));
});

test('rows beyond one row group', async () => {
  state.transaction(() => {
    for (let i = 0; i < 300; i++) state.films.put({ id: `f${i}`, title: 'f', year: null, genres: [] });
    for (let user = 0; user < 340; user++) {
      const films = Array.from({ length: 300 }, (_, film) => film);
      state.histories.merge(
        user,
        films.map((film) => ({ film, rating: 4, minutes: null, timeMs: (user + film) * 1000 })),
      );
    }
  });
  const manifest = write();
  expect(manifest.counts).toEqual({ users: 340, films: 300, interactions: 102_000 });
  expect(await snapshotInteractions(join(shelf, manifest.id), manifest)).toEqual(readInteractions(state));
  await restored(manifest, (copy) => {
    expect([...canonicalLines(copy)].join()).toBe([...canonicalLines(state)].join());
  });
});

test('the manifest says what there is and how far the log was read', () => {
  fill(state);
  const manifest = write();
  expect(manifest.id).toBe(`20260102t030405-${manifest.sha256.slice(0, 8)}`);
  expect(manifest).toMatchObject({
    ...{ format: 1, code, topic: 'movielog', ratingHigh: 5 },
    counts: { films: FILMS, users: state.histories.count(), interactions: state.stats().interactions },
    offsets: { '0': { from: 0, to: 1000 }, '3': { from: 0, to: 2 ** 41 } },
    coverage: { '0': { sinceMs: 1_668_000_000_001, newestMs: 1_668_000_900_000, ratings: { 3: 4, 5: 6 } } },
    lines: { 'accepted watch': 77, 'rejected film-id': 3 },
    imports: [{ name: 'a.csv', rows: 5 }],
  });
  expect(manifest.files['interactions.parquet']!.columns.slice(0, 14).map(({ name }) => name)).toEqual([
    ...['user_id', 'movie_id', 'share', 'minutes', 'rating', 'first_ts', 'last_ts'],
    ...['arm', 'model', 'tier', 'request_id', 'propensity', 'weight', 'flags'],
  ]);
});

describe('same and different', () => {
  test('the same state gives the same bytes; the id tells when', async () => {
    fill(state);
    const [first, second] = [write(1), write(2)];
    expect(second.sha256).toBe(first.sha256);
    expect(second.stateVersion).toBe(first.stateVersion);
    expect(second.files).toEqual(first.files);
    expect(snapshotIds(shelf)).toEqual([second.id, first.id]);
    for (const name of Object.keys(first.files)) {
      const [a, b] = await Promise.all([first, second].map(({ id }) => readFile(join(shelf, id, name))));
      expect(a!.equals(b!)).toBe(true);
      expect(createHash('sha256').update(a!).digest('hex')).toBe(first.files[name]!.sha256);
    }
  });

  test('another state gives another digest and another version', () => {
    fill(state);
    const before = write(1);
    state.histories.merge(1, [{ film: 0, rating: 1, minutes: null, timeMs: 1000 }]);
    const after = write(2);
    expect(after.sha256).not.toBe(before.sha256);
    expect(after.stateVersion).not.toBe(before.stateVersion);
    expect(after.files['films.parquet']!.sha256).not.toBe(before.files['films.parquet']!.sha256); // its viewers
    expect(after.files['held.parquet']).toEqual(before.files['held.parquet']);
  });

  test('written twice within a second, it stands there once', () => {
    fill(state);
    expect(write(1).id).toBe(write(1).id);
    expect(snapshotIds(shelf)).toHaveLength(1);
  });
});

describe('verify', () => {
  let home: string;
  let id: string;
  beforeEach(() => {
    fill(state);
    id = write().id;
    home = join(shelf, id);
  });

  const complaint = async (path = home): Promise<string> => {
    const verified = await verifySnapshot(path);
    return verified.ok ? 'sound' : `${verified.error.code}: ${verified.error.message}`;
  };

  test('a sound one is sound, a copy of it too', async () => {
    expect(await complaint()).toBe('sound');
    await cp(home, join(folder, 'backup'), { recursive: true });
    expect(await complaint(join(folder, 'backup'))).toBe('sound');
  });

  test('every byte of every file counts', async () => {
    for (const name of await readdir(home)) {
      const path = join(home, name);
      const bytes = await readFile(path);
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 2]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= 1;
        await writeFile(path, changed);
        expect(await complaint()).toMatch(new RegExp(name.replace('.', '\\.')));
      }
      await writeFile(path, bytes);
    }
    expect(await complaint()).toBe('sound');
  });

  test('truncated, prolonged, missing and foreign files are named, all at once', async () => {
    await truncate(join(home, 'films.parquet'), 100);
    await appendFile(join(home, 'held.parquet'), 'x');
    await rm(join(home, 'users.parquet'));
    await writeFile(join(home, 'notes.txt'), '');
    const message = await complaint();
    expect(message).toMatch(/films\.parquet has 100 bytes instead of \d+; /);
    expect(message).toMatch(
      /users\.parquet is missing; held\.parquet has \d+ bytes instead of \d+; notes\.txt is no part/,
    );
  });

  test('a manifest that was edited, and a folder under a false name', async () => {
    const path = join(home, 'manifest.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"to": 1000', '"to": 1001'));
    expect(await complaint()).toContain('manifest.json was changed');
    await writeFile(path, text.replace(id, '20270102t030405-00000000'));
    expect(await complaint()).toContain('id was changed');
    await writeFile(path, '{"format": 1}');
    expect(await complaint()).toMatch(/^format-invalid: .* no manifest/);
    await writeFile(path, text);
    await rename(home, join(shelf, '20270102t030405-00000000'));
    expect(await complaint(join(shelf, '20270102t030405-00000000'))).toContain('name of another snapshot');
    expect(await complaint()).toMatch(/^data-missing: there is no snapshot/);
  });

  test('what is damaged is not restored, and neither over other data', async () => {
    const copy = unwrap(openState(join(folder, 'copy')));
    await truncate(join(home, 'films.parquet'), 100);
    expect(await restoreSnapshot(copy, home, quiet)).toMatchObject({ ok: false, error: { code: 'check-failed' } });
    expect(await restoreSnapshot(state, home, quiet)).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(copy.films.count()).toBe(0);
    await copy.close();
  });
});

describe('the shelf', () => {
  test('what a dead writer left is no snapshot, and goes when the next one is written', async () => {
    fill(state);
    const dead = join(shelf, '.tmp-999999999'); // beyond any process id
    await mkdir(dead, { recursive: true });
    await writeFile(join(dead, 'interactions.parquet'), 'half');
    const living = join(shelf, `.tmp-${process.ppid}`);
    await mkdir(living);
    expect(snapshotIds(shelf)).toEqual([]);
    const { id } = write();
    expect((await readdir(shelf)).sort()).toEqual([`.tmp-${process.ppid}`, id]);
  });

  test('a snapshot can be removed', () => {
    const { id } = write();
    removeSnapshot(shelf, id);
    expect(existsSync(join(shelf, id))).toBe(false);
    expect(snapshotIds(shelf)).toEqual([]);
    expect(snapshotIds(join(folder, 'nowhere'))).toEqual([]);
  });

  test('a place that cannot be written to is said', async () => {
    await writeFile(shelf, 'a file, not a folder');
    const written = writeSnapshot(state, shelf, { code, created: created(1), onProgress: quiet });
    expect(written).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
  });
});
