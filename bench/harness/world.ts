/** The state and the registry that the served benches run on: prepared once for each length of history, then kept. */

import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { codeFacts } from '../../src/registry/code-facts.js';
import type { Model } from '../../src/registry/model.js';
import { openRegistry } from '../../src/registry/registry.js';
import { openState } from '../../src/store/state.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { histories, trainedLike } from './matrix.js';
import { prepared } from './prepared.js';

export const USERS = 100_000;
const FILMS = 27_278;
const DIMENSIONS = 64;
/** All ids are 22 bytes long, so that every answer of twenty has the same length. */
const filmIdOf = (row: number): string => `late+matinee${String(row).padStart(5, '0')}+${1920 + (row % 100)}`;
/** Keeps a transaction below what LMDB takes, with histories of any length here. */
const USERS_A_TRANSACTION = 5_000;
/** 2026-01-01: when everybody watched everything. */
const WATCHED_MS = 1_767_225_600_000;

export interface World {
  /** Its state is in `state/`. */
  readonly dataDir: string;
  readonly modelsDir: string;
  /** Flags of `matinee serve` for it, on any free ports of this machine only. */
  readonly flags: readonly string[];
}

/** Users 1 … USERS with `length` films each, and two versions of which the first is current. */
export async function serveWorld(length: number): Promise<World> {
  const folder = await prepared({
    bench: 'bench-serve',
    what: `${USERS} users with ${length} films each`,
    sources: ['bench/harness/matrix.js', 'bench/harness/world.js'],
    shape: [USERS, FILMS, DIMENSIONS, length],
    make: async (part) => {
      await writeState(join(part, 'data/state'), length);
      await writeModels(join(part, 'models'));
    },
  });
  const dataDir = join(folder, 'data');
  const modelsDir = join(folder, 'models');
  const hosts = ['--host', '127.0.0.1', '--port', '0', '--admin-port', '0'];
  return { dataDir, modelsDir, flags: ['--data-dir', dataDir, '--models-dir', modelsDir, ...hosts] };
}

async function writeState(folder: string, length: number): Promise<void> {
  const state = unwrap(openState(folder));
  state.transaction(() => {
    for (let row = 0; row < FILMS; row++) {
      state.films.put({ id: filmIdOf(row), title: `Late Matinee ${row}`, year: 1920 + (row % 100), genres: ['Drama'] });
    }
  });
  const drawn = histories(USERS, length, FILMS, length);
  for (let first = 1; first <= USERS; first += USERS_A_TRANSACTION) {
    state.transaction(() => {
      for (let user = first; user < first + USERS_A_TRANSACTION; user++) {
        const events = Array.from(drawn[user - 1]!, (film) => ({
          film,
          rating: null,
          minutes: 90,
          timeMs: WATCHED_MS,
        }));
        state.histories.merge(user, events);
      }
    });
  }
  await state.close();
}

async function writeModels(folder: string): Promise<void> {
  const registry = unwrap(openRegistry(folder));
  const code = await codeFacts();
  for (const seed of [2, 1]) {
    const model = modelOf(seed);
    const unknown = { data: null, parent: null, metrics: {}, hyperparameters: {} };
    const facts = { ...unknown, seed, command: 'npm run bench:serve', code, created: new Date(WATCHED_MS) };
    const { id } = unwrap(registry.write(model, facts));
    unwrap(registry.promote(id));
  }
  await registry.close();
}

/** Served with the encoder that training uses by default. */
function modelOf(seed: number): Model {
  const { alpha, reg, regScaling } = ialsDefaults;
  return {
    kind: 'ials',
    encoder: { type: 'fold-in', alpha, reg, regScaling },
    filmIds: Array.from({ length: FILMS }, (_, row) => filmIdOf(row)),
    dimensions: DIMENSIONS,
    items: trainedLike(FILMS, DIMENSIONS, seed),
    fallback: Int32Array.from({ length: 100 }, (_, row) => row),
  };
}
