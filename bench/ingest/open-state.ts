/** Opens a state and reads from it, in a process of its own; sends back how many seconds that took. */

import { unwrap } from '../../src/core/errors.js';
import { openState } from '../../src/store/state.js';

const started = performance.now();
const state = unwrap(openState(process.argv[2]!));
if (state.histories.read(1) === undefined) throw new Error('user 1 has no history');
const seconds = (performance.now() - started) / 1000;
await state.close();
process.send!(seconds, () => {
  process.disconnect();
});
