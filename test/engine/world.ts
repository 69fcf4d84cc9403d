/** A small real world for the engine: a state and a registry on disk, with a model that knows the state's films. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { openRegistry, type Registry } from '../../src/registry/registry.js';
import type { Model } from '../../src/registry/model.js';
import { openState, type State } from '../../src/store/state.js';
import { toPrincipalAxes } from '../../src/train/principal-axes.js';

export interface TestWorld {
  readonly folder: string;
  readonly stateFolder: string;
  readonly modelsFolder: string;
  readonly state: State;
  readonly registry: Registry;
  /** Stores a model, by default one made of nothing but the seed; returns the version's id. */
  writeVersion(seed: number, changed?: Model): string;
  model(seed: number): Model;
  close(): Promise<void>;
}

const FILMS = 300;
export const USERS = 120;
const DIMENSIONS = 16;

/** Users 1 … USERS have histories of 5 to 30 films; user USERS + 1 watched only a film that no model knows. */
export function openWorld(): TestWorld {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
  const stateFolder = join(folder, 'state');
  const modelsFolder = join(folder, 'models');
  const state = unwrap(openState(stateFolder));
  const registry = unwrap(openRegistry(modelsFolder));
  const { integer } = random(7);
  state.transaction(() => {
    for (let i = 0; i < FILMS; i++)
      state.films.put({ id: `film+${i}`, title: `Film ${i}`, year: 2000, genres: ['Drama'] });
    const unknown = state.films.put({ id: 'unknown+film', title: 'Unknown Film', year: 2026, genres: [] });
    for (let user = 1; user <= USERS; user++) {
      const events = Array.from({ length: 5 + integer(26) }, (_, i) => ({
        film: integer(FILMS),
        rating: 4,
        minutes: null,
        timeMs: 1e12 + i * 60_000,
      }));
      state.histories.merge(user, events);
    }
    state.histories.merge(USERS + 1, [{ film: unknown, rating: 5, minutes: null, timeMs: 1e12 }]);
  });

  const model = (seed: number): Model => {
    const { normal } = random(seed);
    const items = Float32Array.from({ length: FILMS * DIMENSIONS }, () => normal());
    return {
      kind: 'ials',
      encoder: { type: 'fold-in', alpha: 10, reg: 5, regScaling: 0 },
      filmIds: Array.from({ length: FILMS }, (_, i) => `film+${i}`),
      dimensions: DIMENSIONS,
      items: toPrincipalAxes(items, FILMS, DIMENSIONS),
      fallback: Int32Array.from({ length: 30 }, (_, i) => i),
    };
  };

  return {
    ...{ folder, stateFolder, modelsFolder, state, registry, model },
    writeVersion: (seed, changed = model(seed)) => unwrap(registry.write(changed, facts(seed))).id,
    async close() {
      await Promise.all([state.close(), registry.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Flips one byte of a version's items, as a failing disk or a careless hand would. */
export const tamper = (world: TestWorld, version: string): Promise<void> => flip(world, `${version}/items/000000`);

/** The same with an overlay of the version. */
export const tamperOverlay = (world: TestWorld, version: string, number: number): Promise<void> =>
  flip(world, `${version}/overlays/${String(number).padStart(10, '0')}/items/000000`);

async function flip({ modelsFolder }: TestWorld, key: string): Promise<void> {
  const root = open({ path: modelsFolder, noSubdir: false });
  const chunks = root.openDB<Uint8Array, string>({ name: 'chunks', encoding: 'binary' });
  const bytes = Uint8Array.from(chunks.get(key)!);
  bytes[100]! ^= 1;
  await chunks.put(key, bytes);
}

const facts = (seed: number) => ({
  hyperparameters: {},
  seed,
  command: 'test',
  code: { version: '0', commit: null, dirty: null, lockfileSha256: null, kernelSha256: null, node: process.version },
  data: null,
  parent: null,
  metrics: {},
  created: new Date(1.7e12 + seed * 1000),
});
