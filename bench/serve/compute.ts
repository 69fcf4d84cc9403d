/** What an answer costs without the service around it: read, encode, scan, filter and render in one warm loop, one thread. */

import { join } from 'node:path';
import { LANE_STATUS, LANE_USER, LANES, SLAB_BYTES, STATUS_PERSONAL, STATUS_WAITING } from '../../assembly/layout.js';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { createAnswerer } from '../../src/engine/answerer.js';
import { createArena } from '../../src/engine/arena.js';
import { laneAddress } from '../../src/engine/batch.js';
import { shapeOfModel } from '../../src/engine/image.js';
import { loadVersion } from '../../src/engine/load.js';
import { policyNames } from '../../src/engine/policy.js';
import { planResidence } from '../../src/engine/residence.js';
import { viewsOf } from '../../src/engine/views.js';
import { openRegistry } from '../../src/registry/registry.js';
import { openState } from '../../src/store/state.js';
import { byForm } from '../harness/form.js';
import type { World } from '../harness/world.js';

const BATCHES = byForm({ short: 50, usual: 400 });
const ROUNDS = 5;

export interface Computation {
  /** Answers so many batches of random users. Returns CPU µs a request. */
  round(batches: number): number;
  close(): Promise<void>;
}

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
  const plan = planResidence({ ...shapeOfModel(unwrap(registry.load(version))), films, slabs: 1 }, policyNames);
  const region = unwrap(arena.allocate(plan.bytes));
  const load = { kind: 'load', version, region, films, slabs: 1, policies: policyNames } as const;
  unwrap(loadVersion({ memory, slab, slabIndex: 0 }, registry, state, load));

  const policy = policyNames[0]!;
  const task = { kind: 'answer', model: region, view: region + plan.viewOffset.get(policy)!, policy } as const;
  const answer = createAnswerer(memory, state);
  const { u32, f64 } = viewsOf(memory);
  const { integer } = random(1);

  const round = (batches: number): number => {
    const from = process.cpuUsage();
    for (let batch = 0; batch < batches; batch++) {
      for (let i = 0; i < LANES; i++) {
        const lane = laneAddress(slab, i);
        f64[(lane + LANE_USER) >>> 3] = 1 + integer(world.size.users);
        u32[(lane + LANE_STATUS) >>> 2] = STATUS_WAITING;
      }
      answer({ ...task, slab, slabIndex: 0, count: LANES });
      for (let i = 0; i < LANES; i++) {
        if (u32[(laneAddress(slab, i) + LANE_STATUS) >>> 2] !== STATUS_PERSONAL) throw new Error('not personal');
      }
    }
    const { user, system } = process.cpuUsage(from);
    return (user + system) / (batches * LANES);
  };
  return {
    round,
    close: async () => {
      await Promise.all([state.close(), registry.close()]);
    },
  };
}
