/** What every offline protocol makes: how interactions are cut, and what a reader must know about it. */

import type { Cut } from '../cases.js';

export interface Cuts {
  readonly cuts: readonly Cut[];
  readonly notes: readonly string[];
}

/** What no protocol without a global cut may hide. */
export const mixesTimes = 'this mixes times: the test of one user may precede training interactions of another';
