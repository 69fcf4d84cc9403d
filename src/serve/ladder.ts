/**
 * The lower rungs, rendered before anyone asks: popular (from the state, when it was counted) → static (shipped with the
 * current model) → an empty list, which only a service without data and model gives.
 */

import type { Tier } from '../core/channels.js';

export interface RungList {
  readonly tier: Tier;
  /** Film ids, best first. */
  readonly ids: readonly string[];
}

export interface Rung extends RungList {
  /** The answer as it is sent. */
  readonly body: Uint8Array;
}

export interface Ladder {
  /** The best rung below a personal answer. */
  rung(): Rung;
  setPopular(ids: readonly string[]): void;
  setStatic(ids: readonly string[]): void;
}

const render = (tier: Tier, ids: readonly string[]): Rung => ({ tier, ids, body: Buffer.from(ids.join(','), 'utf8') });

export function createLadder(): Ladder {
  let popular = render('popular', []);
  let shipped = render('static', []);
  return {
    rung: () => (popular.ids.length > 0 ? popular : shipped),
    setPopular: (ids) => (popular = render('popular', ids)),
    setStatic: (ids) => (shipped = render('static', ids)),
  };
}
