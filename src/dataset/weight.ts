/** How much one interaction says about a user's taste: the same functions in training and in serving. */

/** How a model weighs what users liked; the values it was trained with. */
export interface Weighting {
  /**
   * −4…1, the weight of a film liked not at all; 1 weighs all films alike. What comes to 0 or less is not learned from,
   * though it still counts as seen.
   */
  readonly floor: number;
  /** The highest value of the site's rating scale. */
  readonly ratingHigh: number;
}

/**
 * How much the user liked what they met, 0…1 in the precision of f32; NaN when nothing is known of it. A rating says it
 * best; without one, the share of the running time that was watched.
 * @param rating NaN when there is none
 * @param minutes watched; NaN when unknown
 * @param runtime minutes; 0 when unknown
 */
export function preferenceOf(rating: number, minutes: number, runtime: number, ratingHigh: number): number {
  if (!Number.isNaN(rating)) return Math.fround(Math.min(1, rating / ratingHigh));
  // One NaN for all that is unknown: a fingerprint reads its bits.
  if (Number.isNaN(minutes) || !(runtime > 0)) return NaN;
  return Math.fround(Math.min(1, minutes / runtime));
}

/**
 * Linear from `floor` for a preference of 0 to 1 for a preference of 1; 1 where nothing is known. In millionths, so that
 * what comes to 0 is 0, though a preference has the precision of f32.
 */
export const weightOf = (preference: number, floor: number): number =>
  Number.isNaN(preference) ? 1 : Math.round(1e6 * (floor + (1 - floor) * preference)) / 1e6;

/**
 * What a film of a history weighs by its age: (1 + newer)^(−recency), in the precision of f32; 1 for the newest. JavaScript
 * leaves the last digit of a power to the engine, which the rounding hides but for rare ties.
 * @param newer how many films of the history are newer, of those that weigh something
 * @param recency 0 or more; 0: old films weigh as much as new ones
 */
export const recencyFactor = (newer: number, recency: number): number => Math.fround((1 + newer) ** -recency);

const CUSTOMARY = [5, 10];

/** The top of the scale where none was learned: the customary one that holds the highest rating seen, 0 for none. */
export const ratingHighOf = (highest: number): number => CUSTOMARY.find((high) => high >= highest) ?? highest;
