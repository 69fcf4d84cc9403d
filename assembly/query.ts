/** Prepares one user vector for a scan: its norms, its quantised copy, and empty candidate lists. */

import {
  LANE_CANDIDATE_COUNT,
  LANE_LOWER_COUNT,
  LANE_NORM,
  LANE_QUANTISED,
  LANE_STEP,
  LANE_STEP_ERROR,
  LANE_STEP_NORM,
  LANE_THRESHOLD,
  LANE_TOP_COUNT,
  LANE_VECTOR,
  MODEL_NORM_MAX,
  MODEL_STRIDE,
} from './layout';

/** Scores beyond this could leave the range of f32 on the way. */
const SCORE_MAX: f64 = 1e37;
/** Quantised items lie within ±4,000; with Σ|x̂| ≤ 536,000 no partial sum leaves i32. */
const QUANTISED_SUM_MAX: f64 = 536000;
const QUANTISED_MAX: f64 = 32767;

/** Returns false when the scores of this vector could not be finite. */
export function prepareQuery(model: usize, lane: usize): bool {
  const stride = load<u32>(model, MODEL_STRIDE);
  const vector = lane + LANE_VECTOR;
  const quantised = lane + LANE_QUANTISED;

  let sum: f64 = 0;
  let squares: f64 = 0;
  let largest: f64 = 0;
  for (let i: u32 = 0; i < stride; i++) {
    const x = <f64>load<f32>(vector + (i << 2));
    sum += abs(x);
    squares += x * x;
    largest = max(largest, abs(x));
  }
  const norm = sqrt(squares);
  // Written so that NaN fails it.
  if (!(norm * load<f64>(model, MODEL_NORM_MAX) < SCORE_MAX && norm < SCORE_MAX)) return false;

  // Rounding to integers adds at most ½ an element to Σ|x̂|.
  const inverse = sum == 0 ? 0 : min((QUANTISED_SUM_MAX - 0.5 * <f64>stride) / sum, QUANTISED_MAX / largest);
  const step = inverse == 0 ? 0 : 1 / inverse;
  let errors: f64 = 0;
  let steps: f64 = 0;
  for (let i: u32 = 0; i < stride; i++) {
    const x = <f64>load<f32>(vector + (i << 2));
    const q = nearest(x * inverse);
    store<i16>(quantised + (i << 1), <i16>q);
    const error = x - q * step;
    errors += error * error;
    steps += q * q;
  }
  store<f64>(lane, norm, LANE_NORM);
  store<f64>(lane, step, LANE_STEP);
  store<f64>(lane, step * sqrt(steps), LANE_STEP_NORM);
  store<f64>(lane, sqrt(errors), LANE_STEP_ERROR);
  store<f64>(lane, -Infinity, LANE_THRESHOLD);
  store<u32>(lane, 0, LANE_LOWER_COUNT);
  store<u32>(lane, 0, LANE_CANDIDATE_COUNT);
  store<u32>(lane, 0, LANE_TOP_COUNT);
  return true;
}
