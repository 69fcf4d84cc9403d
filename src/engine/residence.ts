/** Where a model and its views lie in memory, computed from a few numbers, so that all threads agree without talking. */

import { planImage, type ImagePlan, type ImageShape } from './image.js';
import { planView, type ViewPlan } from './view.js';

export interface ResidencePlan {
  readonly image: ImagePlan;
  readonly view: ViewPlan;
  /** Offset of each policy's view from the region's address. */
  readonly viewOffset: ReadonlyMap<string, number>;
  readonly bytes: number;
}

export function planResidence(shape: ImageShape, policies: readonly string[]): ResidencePlan {
  const image = planImage(shape);
  const view = planView(image);
  return {
    image,
    view,
    viewOffset: new Map(policies.map((policy, i) => [policy, image.bytes + i * view.bytes])),
    bytes: image.bytes + policies.length * view.bytes,
  };
}
