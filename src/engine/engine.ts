/** The engine as the rest of the product sees it: shared memory, threads, resident models, and a queue in front of them. */

import { SLAB_BYTES } from '../../assembly/layout.js';
import { fail, succeed, unwrap, type Result } from '../core/errors.js';
import type { Registry } from '../registry/registry.js';
import { createArena } from './arena.js';
import { createDispatcher, SLOTS_BYTES, type EngineRequest, type Route } from './dispatcher.js';
import { policyNames } from './policy.js';
import { startBackground, startScoring, type ScoringPool } from './pool.js';
import type { Explanation } from './protocol.js';
import { createResidents, type PointerName, type Residents } from './residents.js';
import { RING_BYTES } from './ring.js';

export interface EngineOptions {
  readonly registry: Registry;
  readonly modelsFolder: string;
  /** The state must exist: threads open it for reading. */
  readonly stateFolder: string;
  /** Films in the catalogue now. */
  readonly films: () => number;
  readonly workers: number;
  readonly deadlineMs: number;
  /** Pointers whose versions are kept in memory. */
  readonly pointers: readonly PointerName[];
}

export interface Engine {
  readonly residents: Residents;
  /** The scoring threads. */
  readonly pool: ScoringPool;
  submit(route: Route, request: EngineRequest): void;
  /** One user's answer with titles and reasons. Errors: pointer-unset, worker-died. */
  explain(route: Route, user: number): Promise<Result<Explanation>>;
  /** Film ids of the popular rung under a policy. Errors: worker-died. */
  popular(policy: string): Promise<Result<readonly string[]>>;
  pending(): number;
  /** What the shared memory holds: regions' bytes and model images, replaced ones that are still in use included. */
  memory(): { readonly bytes: number; readonly models: number };
  /** Resolves when every worker has opened the state and waits for work. */
  started(): Promise<void>;
  /** Ends the threads; what is still pending gets the next rung. */
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const { registry, modelsFolder, stateFolder, films, workers, deadlineMs, pointers } = options;
  const arena = createArena();
  const { memory } = arena;
  const allocate = (bytes: number): number => unwrap(arena.allocate(bytes));
  const stations = Array.from({ length: workers }, (_, slabIndex) => ({
    ...{ slabIndex, slab: allocate(SLAB_BYTES), ring: allocate(RING_BYTES) },
  }));
  const slots = allocate(SLOTS_BYTES);
  const workbench = { memory, slab: allocate(SLAB_BYTES), slabIndex: workers };
  const regions = arena.regions();

  const pool = startScoring(workers, { memory, stateFolder });
  const background = startBackground({ ...workbench, stateFolder, modelsFolder });
  const residents = createResidents({
    ...{ arena, background, registry, pointers, films },
    policies: policyNames,
    slabs: workers + 1,
  });
  const dispatcher = createDispatcher({ memory, pool, residents, stations, slots, deadlineMs });

  async function explain(route: Route, user: number): Promise<Result<Explanation>> {
    const resident = residents.get(route.pointer);
    if (resident === undefined) {
      return fail('pointer-unset', 'no model is loaded', { hint: 'Run `matinee train` first.' });
    }
    residents.hold(resident);
    try {
      const where = { model: resident.model, view: resident.views.get(route.policy)!, policy: route.policy };
      return succeed((await background.run({ kind: 'explain', ...where, user })) as Explanation);
    } catch (cause) {
      return fail('worker-died', `the background thread ended while it explained user ${user}`, { cause });
    } finally {
      residents.release(resident);
    }
  }

  return {
    residents,
    pool,
    submit: dispatcher.submit,
    pending: dispatcher.pending,
    started: dispatcher.started,
    memory: () => ({ bytes: arena.used(), models: arena.regions() - regions }),
    explain,
    async popular(policy) {
      try {
        return succeed((await background.run({ kind: 'popular', policy })) as readonly string[]);
      } catch (cause) {
        return fail('worker-died', 'the background thread ended while it counted viewers', { cause });
      }
    },
    async close() {
      dispatcher.stop();
      await Promise.all([pool.end(), background.end()]);
    },
  };
}
