/** Which of a viewer's two ideal points holds at a time, and where the weeks have carried it. */

import { mix, streams } from '../mix.js';
import { TONES } from './film-traits.js';
import { drift, uniformOf } from './noise.js';
import type { Viewer } from './viewer.js';

const HOURS_A_PART = 6;
const PARTS_A_DAY = 24 / HOURS_A_PART;
/** Over this time tastes go from one place to another. */
const PARTS_A_SEASON = PARTS_A_DAY * 7 * 10;
/** A season's way in the space of tones: times 0.58 × √2 the deviation of a coordinate. */
const DRIFT = 0.5;

/** A quarter of a day, counted from 1970-01-01 UTC: within it nobody's mood changes. */
export const partOfDay = (timeMs: number): number => Math.floor(timeMs / (HOURS_A_PART * 3_600_000));

/** TONES coordinates. */
export function idealAt(seed: number, user: number, viewer: Viewer, part: number): Float64Array {
  const own = mix(mix(seed, streams.mood), user);
  const mood = uniformOf(mix(own, part)) < secondMood(viewer, part) ? TONES : 0;
  return Float64Array.from({ length: TONES }, (_, tone) => {
    const way = drift(mix(own, -1 - tone), part / PARTS_A_SEASON);
    return viewer.ideals[mood + tone]! + DRIFT * way;
  });
}

/** In the evening and at weekends the second mood comes more often. 1970-01-01 was a Thursday. */
function secondMood({ moodiness }: Viewer, part: number): number {
  const day = Math.floor(part / PARTS_A_DAY);
  const weekday = (day + 3) % 7;
  return moodiness + (part % PARTS_A_DAY === PARTS_A_DAY - 1 ? 0.2 : 0) + (weekday >= 5 ? 0.2 : 0);
}
