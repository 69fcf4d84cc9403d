/** A model in shared memory with one slab, as a scoring thread finds it, for benches that run one kernel at a time. */

import { MODEL_SEEN, SLAB_BYTES } from '../../assembly/layout.js';
import { unwrap } from '../../src/core/errors.js';
import { createArena } from '../../src/engine/arena.js';
import { planImage, shapeOfModel, writeImage } from '../../src/engine/image.js';
import { planView, writeView } from '../../src/engine/view.js';
import { viewsOf, type Views } from '../../src/engine/views.js';
import { servingKernel, type ServingKernel } from '../../src/engine/wasm.js';
import type { Model } from '../../src/registry/model.js';

export interface KernelBed {
  readonly kernel: ServingKernel;
  readonly memory: WebAssembly.Memory;
  readonly views: Views;
  /** Addresses. */
  readonly image: number;
  readonly view: number;
  readonly slab: number;
  readonly seen: number;
  /** Position in the image of each row. */
  readonly positionOf: Uint32Array;
}

/** `allowed`: 0 or 1 for each row. */
export function kernelBed(model: Model, allowed: Uint8Array): KernelBed {
  const arena = createArena();
  const plan = planImage({ ...shapeOfModel(model), films: 0, slabs: 1 });
  const viewPlan = planView(plan);
  const image = unwrap(arena.allocate(plan.bytes + viewPlan.bytes + SLAB_BYTES));
  const view = image + plan.bytes;
  writeImage(arena.memory, image, plan, model, new Int32Array(0));
  writeView(arena.memory, view, viewPlan, image, allowed, new Float32Array(allowed.length));
  const views = viewsOf(arena.memory);
  return {
    ...{ kernel: servingKernel(arena.memory), memory: arena.memory, views, image, view, slab: view + viewPlan.bytes },
    seen: views.u32[(image + MODEL_SEEN) >>> 2]!,
    positionOf: new Uint32Array(views.buffer, image + plan.offset.positionOf, plan.shape.items),
  };
}
