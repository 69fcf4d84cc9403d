/**
 * The lower rungs, rendered before anyone asks: popular (from the state, when it was counted) → static (shipped with the
 * current model) → an empty list, which only a service without data and model gives.
 */

import type { Tier } from '../core/channels.js';

export interface Rung {
  readonly tier: Tier;
  readonly body: Uint8Array;
}

export interface Ladder {
  /** The best rung below a personal answer. */
  rung(): Rung;
  setPopular(ids: readonly string[]): void;
  setStatic(ids: readonly string[]): void;
}

const render = (tier: Tier, ids: readonly string[]): Rung | undefined =>
  ids.length === 0 ? undefined : { tier, body: Buffer.from(ids.join(','), 'utf8') };

export function createLadder(): Ladder {
  const empty: Rung = { tier: 'static', body: new Uint8Array(0) };
  let popular: Rung | undefined;
  let shipped: Rung | undefined;
  return {
    rung: () => popular ?? shipped ?? empty,
    setPopular: (ids) => (popular = render('popular', ids)),
    setStatic: (ids) => (shipped = render('static', ids)),
  };
}
