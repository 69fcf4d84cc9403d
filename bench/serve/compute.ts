/** What an answer costs without the service around it: read, encode, scan, filter and render in one warm loop, one thread. */

import { join } from 'node:path';
import { LANES, SLAB_BYTES, STATUS_COLD, STATUS_NO_HISTORY, STATUS_PERSONAL } from '../../assembly/layout.js';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { createArena } from '../../src/engine/arena.js';
import { shapeOfModel } from '../../src/engine/image.js';
import { loadVersion } from '../../src/engine/load.js';
import { policyNames } from '../../src/engine/policy.js';
import { planResidence } from '../../src/engine/residence.js';
import { createResponder } from '../../src/engine/responder.js';
import { SLOT_BYTES, SLOT_MODEL, SLOT_STATUS, SLOT_USER, SLOT_VIEW } from '../../src/engine/slots.js';
import { viewsOf } from '../../src/engine/views.js';
import { openRegistry } from '../../src/registry/registry.js';
import { openState } from '../../src/store/state.js';
import { byForm } from '../harness/form.js';
import type { World } from '../harness/world.js';

const BATCHES = byForm({ short: 50, usual: 400 });
const ROUNDS = 5;

/** Of whom an answer is made. */
export interface Asking {
  /** Users from … to − 1. */
  readonly from: number;
  readonly to: number;
  /** What each of them must get. */
  readonly status: number;
}

export interface Computation {
  /** Answers so many batches of random users, of those with a history unless others are given. Returns CPU µs a request. */
  round(batches: number, asking?: Asking): number;
  /** Bytes of the images and views in memory, and what of them is for strangers. */
  readonly bytes: { readonly all: number; readonly cold: number };
  close(): Promise<void>;
}

/** Who says something, and who says nothing. */
export const strangersOf = ({ size: { users, strangers } }: World): { telling: Asking; silent: Asking } => ({
  telling: { from: users + 1, to: users + strangers + 1, status: STATUS_COLD },
  silent: { from: users + strangers + 1, to: users + 2 * strangers + 1, status: STATUS_NO_HISTORY },
});

/** CPU µs a request, one value a round. */
export async function computeCost(world: World): Promise<number[]> {
  const { round, close } = openComputation(world);
  round(BATCHES);
  const rounds = Array.from({ length: ROUNDS }, () => round(BATCHES));
  await close();
  return rounds;
}

export function openComputation(world: World): Computation {
  const state = unwrap(openState(join(world.dataDir, 'state'), { readOnly: true }));
  const registry = unwrap(openRegistry(world.modelsDir, { readOnly: true }));
  const version = registry.pointers().current!;
  const films = state.films.count();
  const arena = createArena();
  const { memory } = arena;
  const slab = unwrap(arena.allocate(SLAB_BYTES));
  const model = unwrap(registry.load(version));
  const coldColumns = (model.cold?.columns.length ?? 0) / model.filmIds.length;
  const shape = { ...shapeOfModel(model), coldColumns, films, slabs: 1 };
  const plan = planResidence(shape, policyNames);
  const region = unwrap(arena.allocate(plan.bytes));
  const load = { kind: 'load', version, overlay: 0, region, shape, policies: policyNames } as const;
  unwrap(loadVersion({ memory, slab, slabIndex: 0 }, registry, state, load));

  const respond = createResponder(state, { memory, slab, slabIndex: 0 });
  const first = unwrap(arena.allocate(LANES * SLOT_BYTES));
  const slots = Array.from({ length: LANES }, (_, i) => first + i * SLOT_BYTES);
  const { u32, f64 } = viewsOf(memory);
  // All slots are zero at first: the policy is number 0.
  for (const slot of slots) {
    u32[(slot + SLOT_MODEL) >>> 2] = region;
    u32[(slot + SLOT_VIEW) >>> 2] = region + plan.viewOffset.get(policyNames[0]!)!;
  }
  const { integer } = random(1);

  const everybody: Asking = { from: 1, to: world.size.users + 1, status: STATUS_PERSONAL };
  const round = (batches: number, { from, to, status } = everybody): number => {
    const started = process.cpuUsage();
    for (let batch = 0; batch < batches; batch++) {
      for (const slot of slots) f64[(slot + SLOT_USER) >>> 3] = from + integer(to - from);
      respond(slots);
      for (const slot of slots) if (u32[(slot + SLOT_STATUS) >>> 2] !== status) throw new Error('another rung');
    }
    const { user, system } = process.cpuUsage(started);
    return (user + system) / (batches * LANES);
  };
  return {
    round,
    bytes: { all: plan.bytes, cold: plan.bytes - plan.end },
    close: async () => {
      await Promise.all([state.close(), registry.close()]);
    },
  };
}
