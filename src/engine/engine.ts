/** The engine as the rest of the product sees it: shared memory, threads, resident models, and a queue in front of them. */

import { SLAB_BYTES } from '../../assembly/layout.js';
import { fail, succeed, unwrap, type Result } from '../core/errors.js';
import type { Registry } from '../registry/registry.js';
import { createArena } from './arena.js';
import { createBatcher, type EngineRequest, type Route } from './batcher.js';
import { policyNames } from './policy.js';
import { BATCHES_AHEAD, startLoader, startWorkers, type WorkerPool } from './pool.js';
import type { Explanation } from './protocol.js';
import { createResidents, type PointerName, type Residents } from './residents.js';

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
  readonly pool: WorkerPool;
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
  // Slabs for the batches in flight, one for the loader's trials, one for explanations.
  const slabs = Array.from({ length: workers * BATCHES_AHEAD + 2 }, (_, index) => ({
    index,
    address: unwrap(arena.allocate(SLAB_BYTES)),
  }));
  const [bench, desk, ...scoring] = slabs as [(typeof slabs)[0], (typeof slabs)[0], ...typeof slabs];

  const pool = startWorkers(workers, { memory, stateFolder });
  const loader = startLoader({ memory, stateFolder, modelsFolder, slab: bench.address, slabIndex: bench.index });
  const residents = createResidents({
    ...{ arena, loader, registry, pointers, films },
    policies: policyNames,
    slabs: slabs.length,
  });
  const batcher = createBatcher({ memory, pool, residents, workers, slabs: scoring, deadlineMs });

  /** Explanations share one slab, so they wait for each other. */
  let explaining: Promise<unknown> = Promise.resolve();

  async function explainNow(route: Route, user: number): Promise<Result<Explanation>> {
    const resident = residents.get(route.pointer);
    if (resident === undefined) {
      return fail('pointer-unset', 'no model is loaded', { hint: 'Run `matinee train` first.' });
    }
    residents.hold(resident);
    try {
      const where = { model: resident.model, view: resident.views.get(route.policy)!, policy: route.policy };
      const task = { ...where, slab: desk.address, slabIndex: desk.index, user };
      return succeed((await pool.run({ kind: 'explain', ...task })) as Explanation);
    } catch (cause) {
      return fail('worker-died', `the worker ended while it explained user ${user}`, { cause });
    } finally {
      residents.release(resident);
    }
  }

  return {
    residents,
    pool,
    submit: batcher.submit,
    pending: batcher.pending,
    memory: () => ({ bytes: arena.used(), models: arena.regions() - slabs.length }),
    explain(route, user) {
      const explained = explaining.then(() => explainNow(route, user));
      explaining = explained;
      return explained;
    },
    async popular(policy) {
      try {
        return succeed((await loader.run({ kind: 'popular', policy })) as readonly string[]);
      } catch (cause) {
        return fail('worker-died', 'the loader ended while it counted viewers', { cause });
      }
    },
    async started() {
      const nothing = { kind: 'answer', model: 0, view: 0, policy: policyNames[0]!, count: 0 } as const;
      await Promise.all(scoring.map(({ address, index }) => pool.run({ ...nothing, slab: address, slabIndex: index })));
    },
    async close() {
      await Promise.all([pool.end(), loader.end()]);
    },
  };
}
