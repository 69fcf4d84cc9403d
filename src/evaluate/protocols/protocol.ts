/** What every offline protocol makes: how interactions are cut, and what a reader must know about it. */

import type { Cut } from '../cases.js';

export interface Cuts {
  readonly cuts: readonly Cut[];
  readonly notes: readonly string[];
}

/** What no protocol without a global cut may hide. */
export const mixesTimes = 'this mixes times: the test of one user may precede training interactions of another';

/** Those that say how a model does in service: what is trained on is older than what is asked for. By name. */
export const keepsTimes = (protocol: string): boolean => ['time', 'rolling'].includes(protocol);
