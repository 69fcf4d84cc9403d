/** Entry of `training.wasm`: the kernels of a training job. They keep no state: the caller owns every byte. */
export { gramOfRows } from './als-gram';
export { observedLoss } from './als-loss';
export { solveRows } from './als-solve';
