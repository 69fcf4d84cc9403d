/** The conditions under which the viewers of the site behave; whoever directs a run changes them while it goes on. */

import type { SimWorld } from '../world.js';

export interface Conditions {
  /** How many watch, as a multiple of the hour's usual audience, at most as many as in the evening; 1. */
  arrivalRate: number;
  /** Probability that a viewer with a list picks from it; 0.6. */
  followShare: number;
  /** Exponent of a film's popularity where viewers explore; 1. */
  popularityPull: number;
  /** How far all tastes have moved to other films, 0 … 1. */
  tasteShift: number;
  /** The first so many films of the catalogue exist. */
  filmsAvailable: number;
  /** Licence cost as a multiple of the usual; 1. */
  costFactor: number;
  /** Who sits down. */
  arrivals: 'everybody' | Arrivals;
}

/** Whoever fits all that is named. */
export interface Arrivals {
  readonly minAge?: number | undefined;
  readonly maxAge?: number | undefined;
  readonly gender?: 'F' | 'M' | undefined;
}

export const usualConditions = (world: SimWorld): Conditions => ({
  arrivalRate: 1,
  followShare: 0.6,
  popularityPull: 1,
  tasteShift: 0,
  filmsAvailable: world.ids.length,
  costFactor: 1,
  arrivals: 'everybody',
});
