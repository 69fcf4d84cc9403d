/** Which films an overlay is made of, and when it is the one that is there already. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildOverlay } from '../../src/app/overlay-build.js';
import { unwrap } from '../../src/core/errors.js';
import { openRegistry, type Registry } from '../../src/registry/registry.js';
import { openState, type State } from '../../src/store/state.js';
import { facts, linear, popularity } from '../registry/models.js';

let folder: string;
let registry: Registry;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  registry = unwrap(openRegistry(join(folder, 'models')));
  state = unwrap(openState(join(folder, 'state')));
  const film = { title: 'Film', year: 1999, genres: ['Drama'] };
  for (let i = 0; i < 40; i++) state.films.put({ ...film, id: `film+${i}+1999` });
});

afterEach(async () => {
  await registry.close();
  await state.close();
  await rm(folder, { recursive: true });
});

test('it has the films that the site lists and the version does not know', () => {
  const { id } = unwrap(registry.write(linear(1), facts(1)));
  expect(unwrap(buildOverlay(registry, state, id))).toMatchObject({ number: 0, films: [] });
  const film = { title: 'New', year: 2001, genres: ['Drama'] };
  state.films.put({ ...film, id: 'new+2001' });
  state.films.put({ ...film, id: 'imported+2001', listing: 'unverified' });
  state.films.put({ ...film, id: 'gone+2001', listing: 'missing' });
  expect(unwrap(buildOverlay(registry, state, id))).toMatchObject({ number: 1, films: ['new+2001'], stateFilms: 43 });
  expect(unwrap(buildOverlay(registry, state, id))).toMatchObject({ number: 1 });
  state.films.put({ ...film, id: 'imported+2001', listing: 'listed' });
  expect(unwrap(buildOverlay(registry, state, id))).toMatchObject({
    ...{ number: 2, films: ['new+2001', 'imported+2001'] },
  });
  expect(unwrap(registry.load(id, 2)).filmIds).toHaveLength(42);
});

test('films of the version that the state does not have say nothing of how well known a new one is', () => {
  const model = linear(1, 80);
  const filmIds = Array.from({ length: 80 }, (_, row) => (row < 40 ? `gone+${row}` : `film+${row - 40}+1999`));
  const bias = Float32Array.from(filmIds, (_, row) => (row < 40 ? 0 : -2));
  const { id } = unwrap(registry.write({ ...model, filmIds, bias }, facts(1)));
  state.films.put({ id: 'new+2001', title: 'New', year: 2001, genres: ['Drama'] });
  const { number } = unwrap(buildOverlay(registry, state, id));
  expect([...unwrap(registry.overlay(id, number)).bias!]).toEqual([-2]);
});

test('where everybody has the same list there is none', () => {
  const { id } = unwrap(registry.write(popularity(['film+0+1999']), facts(1)));
  expect(unwrap(buildOverlay(registry, state, id))).toMatchObject({ number: 0, films: [] });
});

test('a version that is not there is named', () => {
  expect(buildOverlay(registry, state, 'linear-x')).toMatchObject({ ok: false, error: { code: 'version-unknown' } });
});
