/** Where a model and its views lie in memory, computed from a few numbers, so that all threads agree without talking. */

import { planImage, type ImagePlan, type ImageShape } from './image.js';
import { planView, type ViewPlan } from './view.js';

export interface ResidenceShape extends ImageShape {
  /** Columns behind the model's own in the image for strangers; 0: the model has none. */
  readonly coldColumns: number;
}

/** One image with a view for each policy; offsets are from the region's address. */
export interface Lodging {
  readonly offset: number;
  readonly image: ImagePlan;
  readonly view: ViewPlan;
  readonly viewOffset: ReadonlyMap<string, number>;
  readonly end: number;
}

export interface ResidencePlan extends Lodging {
  readonly cold: Lodging | undefined;
  readonly bytes: number;
}

export function planResidence(shape: ResidenceShape, policies: readonly string[]): ResidencePlan {
  const own = lodge(shape, policies, 0);
  const { dimensions, coldColumns, items, trained, slabs } = shape;
  if (coldColumns === 0) return { ...own, cold: undefined, bytes: own.end };
  // What else it would need, the model's own image has.
  const rest = { items, trained, slabs, films: 0, idBytes: 0 };
  const cold = lodge({ ...rest, dimensions: dimensions + coldColumns }, policies, own.end);
  return { ...own, cold, bytes: cold.end };
}

function lodge(shape: ImageShape, policies: readonly string[], offset: number): Lodging {
  const image = planImage(shape);
  const view = planView(image);
  const views = offset + image.bytes;
  const viewOffset = new Map(policies.map((policy, i) => [policy, views + i * view.bytes]));
  return { offset, image, view, viewOffset, end: views + policies.length * view.bytes };
}
