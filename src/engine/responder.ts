/** Answers the slots that a worker took from its ring: those of one route together, each answer rendered into its slot. */

import {
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_USER,
  STATUS_COLD,
  STATUS_PERSONAL,
} from '../../assembly/layout.js';
import type { State } from '../store/state.js';
import { createAnswerer } from './answerer.js';
import { laneAddress } from './batch.js';
import { policyNamed, policyNames } from './policy.js';
import type { Workbench } from './protocol.js';
import { SLOT_BODY, SLOT_BODY_BYTES, SLOT_MODEL, SLOT_POLICY, SLOT_STATUS, SLOT_USER, SLOT_VIEW } from './slots.js';
import { viewsOf } from './views.js';
import { servingKernel } from './wasm.js';

/** Takes the addresses of at most LANES slots. */
export type Responder = (slots: readonly number[]) => void;

export function createResponder(state: State, workbench: Workbench): Responder {
  const { memory, slab } = workbench;
  const kernel = servingKernel(memory);
  const answer = createAnswerer(kernel, state, workbench);
  const policies = policyNames.map(policyNamed);
  let views = viewsOf(memory);

  /** A view belongs to one policy of one image, so it tells routes apart. */
  const routeOf = (slot: number): number => views.u32[(slot + SLOT_VIEW) >>> 2]!;

  /** `slots`: all of one route. */
  function respond(slots: readonly number[]): void {
    const { u32, f64 } = views;
    for (const [i, slot] of slots.entries()) {
      f64[(laneAddress(slab, i) + LANE_USER) >>> 3] = f64[(slot + SLOT_USER) >>> 3]!;
    }
    const first = slots[0]!;
    const model = u32[(first + SLOT_MODEL) >>> 2]!;
    const policy = policies[u32[(first + SLOT_POLICY) >>> 2]!]!;
    answer({ model, view: routeOf(first), policy, count: slots.length });
    for (const [i, slot] of slots.entries()) {
      const lane = laneAddress(slab, i);
      const status = u32[(lane + LANE_STATUS) >>> 2]!;
      u32[(slot + SLOT_STATUS) >>> 2] = status;
      if (status !== STATUS_PERSONAL && status !== STATUS_COLD) continue;
      const count = u32[(lane + LANE_TOP_COUNT) >>> 2]!;
      u32[(slot + SLOT_BODY_BYTES) >>> 2] = kernel.render(model, lane + LANE_TOP_ROWS, count, slot + SLOT_BODY);
    }
  }

  return (slots) => {
    views = viewsOf(memory, views);
    for (let rest = slots; rest.length > 0;) {
      const route = routeOf(rest[0]!);
      respond(rest.filter((slot) => routeOf(slot) === route));
      rest = rest.filter((slot) => routeOf(slot) !== route);
    }
  };
}
