/** The state and the registry that the served benches run on: prepared once for each size, then kept. */

import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import { codeFacts } from '../../src/registry/code-facts.js';
import type { Model } from '../../src/registry/model.js';
import { openRegistry } from '../../src/registry/registry.js';
import { openState } from '../../src/store/state.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { histories, trainedLike } from './matrix.js';
import { prepared } from './prepared.js';
import { coldLike, saidBy } from './strangers.js';

/** How much of everything a world has. */
export interface WorldSize {
  /** 1 … users, each with `length` films. */
  readonly users: number;
  readonly length: number;
  readonly films: number;
  readonly dimensions: number;
  /** Users behind those, without a history: they tell of genres and two films. More than 0: the model has columns for them. */
  readonly strangers: number;
}

export const USERS = 100_000;
/** Of the site that these benches imagine, but for the length of histories. */
const STANDARD = { users: USERS, films: 27_278, dimensions: 64, strangers: 0 };
/** Up to 100,000 films all ids are this long, so that every answer of twenty has the same length. */
export const ID_BYTES = 22;
const filmIdOf = (row: number): string => `late+matinee${String(row).padStart(5, '0')}+${1920 + (row % 100)}`;
/** Keeps a transaction below what LMDB takes, with histories of any length here. */
const USERS_A_TRANSACTION = 5_000;
/** 2026-01-01: when everybody watched everything. */
const WATCHED_MS = 1_767_225_600_000;

export interface World {
  readonly size: WorldSize;
  /** Its state is in `state/`. */
  readonly dataDir: string;
  readonly modelsDir: string;
  /** `matinee serve` for it, on any free ports of this machine only, as words for Node. */
  readonly program: readonly string[];
}

/** A state, and two versions of a model of which the first is current. */
export const serveWorld = (length: number): Promise<World> => worldOf({ ...STANDARD, length });

/** One of another size, beside the standard one. */
export const otherWorld = (size: Partial<WorldSize>): Promise<World> => worldOf({ ...STANDARD, length: 20, ...size });

async function worldOf(size: WorldSize): Promise<World> {
  const { users, length, films, dimensions, strangers } = size;
  const folder = await prepared({
    bench: 'bench-serve',
    what: `${films} films in ${dimensions} dimensions, ${users} users with ${length} each`,
    sources: ['bench/harness/matrix.js', 'bench/harness/strangers.js', 'bench/harness/world.js', 'src/store/meta.js'],
    shape: [users, films, dimensions, length, strangers],
    make: async (part) => {
      await writeState(join(part, 'data/state'), size);
      await writeModels(join(part, 'models'), size);
    },
  });
  const dataDir = join(folder, 'data');
  const modelsDir = join(folder, 'models');
  const hosts = ['--host', '127.0.0.1', '--port', '0', '--admin-port', '0'];
  const folders = ['--data-dir', dataDir, '--models-dir', modelsDir];
  return { size, dataDir, modelsDir, program: [built('src/cli/main.js'), 'serve', ...folders, ...hosts] };
}

async function writeState(folder: string, { users, length, films, strangers }: WorldSize): Promise<void> {
  const state = unwrap(openState(folder));
  state.transaction(() => {
    for (let row = 0; row < films; row++) {
      state.films.put({ id: filmIdOf(row), title: `Late Matinee ${row}`, year: 1920 + (row % 100), genres: ['Drama'] });
    }
  });
  const drawn = histories(users, length, films, length);
  for (let first = 1; first <= users; first += USERS_A_TRANSACTION) {
    state.transaction(() => {
      for (let user = first; user < Math.min(first + USERS_A_TRANSACTION, users + 1); user++) {
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
  for (let first = users + 1; first <= users + strangers; first += USERS_A_TRANSACTION) {
    state.transaction(() => {
      for (let user = first; user < Math.min(first + USERS_A_TRANSACTION, users + strangers + 1); user++) {
        state.profiles.put(user, saidBy(user, films));
      }
    });
  }
  await state.close();
}

async function writeModels(folder: string, size: WorldSize): Promise<void> {
  const registry = unwrap(openRegistry(folder));
  const code = await codeFacts();
  for (const seed of [2, 1]) {
    const model = modelOf(size, seed);
    const unknown = { data: null, parent: null, metrics: {}, hyperparameters: {} };
    const facts = { ...unknown, seed, command: 'npm run bench:serve', code, created: new Date(WATCHED_MS) };
    const { id } = unwrap(registry.write(model, facts));
    unwrap(registry.promote(id));
  }
  await registry.close();
}

/** Served with the encoder that training uses by default. */
function modelOf({ films, dimensions, strangers }: WorldSize, seed: number): Model {
  const { alpha, reg, regScaling } = ialsDefaults;
  return {
    kind: 'ials',
    encoder: { type: 'fold-in', alpha, reg, regScaling },
    filmIds: Array.from({ length: films }, (_, row) => filmIdOf(row)),
    dimensions,
    items: trainedLike(films, dimensions, seed),
    fallback: Int32Array.from({ length: 100 }, (_, row) => row),
    ...(strangers > 0 && { cold: coldLike(films, seed) }),
  };
}
