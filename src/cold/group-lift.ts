/** What groups of users like more than others do: the sharpening of popularity by age and gender. */

import type { Interactions } from '../dataset/interactions.js';

export interface Person {
  readonly age: number | null;
  readonly gender: string | null;
}

/** First ages of the bands, as MovieLens cuts them. */
const bands = [0, 18, 25, 35, 45, 50, 56];
const genders = ['F', 'M'];
export const groupCount = bands.length + genders.length;

/** For people, by group. */
export const groupNames: readonly string[] = [
  ...bands.map((from, i) =>
    i + 1 < bands.length ? `people of ${from} to ${bands[i + 1]! - 1}` : `people of ${from} and over`,
  ),
  ...['women', 'men'],
];

/** Up to one group by age and one by gender, below groupCount. */
export function groupsOf({ age, gender }: Person): number[] {
  const groups: number[] = [];
  if (age !== null) groups.push(bands.findLastIndex((from) => age >= from));
  const known = genders.indexOf(gender ?? '');
  if (known >= 0) groups.push(bands.length + known);
  return groups.filter((group) => group >= 0);
}

/** Likes that a group is granted at everyone's rates: a small one says little. */
const GRANTED = 5_000;

/**
 * log of how many times as often a group likes a film as everyone does, drawn towards 0 where the group is small.
 * @param likes 1 for each interaction that counts, else 0
 * @param people by dense user
 * @returns films × groupCount, row-major f32
 */
export function groupLifts(
  { films, userOf, filmOf }: Interactions,
  likes: Uint8Array,
  people: readonly Person[],
): Float32Array {
  const groups = people.map(groupsOf);
  const counts = new Float64Array(films.length * groupCount);
  const ofFilm = new Float64Array(films.length);
  const ofGroup = new Float64Array(groupCount);
  let all = 0;
  for (let i = 0; i < userOf.length; i++) {
    if (likes[i] === 0) continue;
    all++;
    ofFilm[filmOf[i]!]!++;
    for (const group of groups[userOf[i]!]!) {
      counts[filmOf[i]! * groupCount + group]!++;
      ofGroup[group]!++;
    }
  }
  return Float32Array.from(counts, (count, at) => {
    const film = Math.floor(at / groupCount);
    const share = (1 + ofFilm[film]!) / (films.length + all);
    return Math.log((count + GRANTED * share) / ((ofGroup[at % groupCount]! + GRANTED) * share));
  });
}
