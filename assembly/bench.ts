/** For the bench alone: the way that `encode` does not take for short histories, so that the choice can be measured. */

import { encodeLong, inverseRoot } from './encode';
import { LANE_LAMBDA, MODEL_ENCODER_DATA, MODEL_STRIDE, SLAB_FOLD_SCALE } from './layout';

/** The fold-in by the d × d system, whatever the length of the history. */
export function encodeDirectly(model: usize, slab: usize, lane: usize): bool {
  const stride = load<u32>(model, MODEL_STRIDE);
  inverseRoot(slab + SLAB_FOLD_SCALE, load<u32>(model, MODEL_ENCODER_DATA), load<f64>(lane, LANE_LAMBDA), stride);
  return encodeLong(model, slab, lane, stride);
}
