/** What one viewer likes: genres, tones in either of two moods, an era, and how far the crowd's favourites please. */

import { genreNames } from '../catalogue/genres.js';
import { drawsOf } from '../mix.js';
import type { Archetype } from './archetypes.js';
import { TONES } from './film-traits.js';

export interface Viewer {
  /** By genre, 0 … 1. */
  readonly genres: Float64Array;
  /** The genre that spoils any film, as a bit like those of a film's genres; 0 where there is none. */
  readonly veto: number;
  /** Two ideal points in the space of tones: 2 × TONES. */
  readonly ideals: Float64Array;
  /** How far from an ideal point half of the pleasure is left. */
  readonly reach: number;
  /** How often the second mood holds: 0 … 1. */
  readonly moodiness: number;
  /** The year whose films please most, and how many years from it half of that is left. */
  readonly year: number;
  readonly years: number;
  /** 0 … 1: how much it counts that others watch a film. */
  readonly mainstream: number;
  /** How far the quality that this viewer sees is from the film's own. */
  readonly caprice: number;
}

/** Below this affinity the genre liked least spoils a film. */
const HATED = -0.5;
const USUAL_AGE = 29;
/** What each year above the usual age adds to the affinity with a genre. */
const perYear: Readonly<Record<string, number>> = {
  ...{ Crime: 0.004, Drama: 0.004, History: 0.006, War: 0.006, Western: 0.006 },
  ...{ Action: -0.004, Animation: -0.004, 'Science Fiction': -0.004 },
};
const byAge = genreNames.map((name) => perYear[name] ?? 0);
const forChildren = ['Family', 'Animation'].map((name) => genreNames.indexOf(name));

/** Where in the archetypes, ordered by their activity, a viewer stands: 0 … 1. */
export const placeOf = (seed: number, user: number): number => drawsOf(seed, 'taste', user).uniform();

export function createViewer(
  seed: number,
  user: number,
  age: number,
  archetypes: readonly Archetype[],
  genreTones: Float64Array,
): Viewer {
  const draws = drawsOf(seed, 'taste', user);
  const archetype = archetypes[Math.floor(draws.uniform() * archetypes.length)]!;
  const affinities = archetype.affinities.map(
    (affinity, g) => affinity + 0.12 * draws.normal() + byAge[g]! * (age - USUAL_AGE),
  );
  for (const g of forChildren) affinities[g]! += age < 14 ? 0.4 : age < 18 ? 0.15 : 0;

  const least = affinities.reduce((low, affinity, g) => (affinity < affinities[low]! ? g : low), 0);
  const ideals = new Float64Array(2 * TONES);
  for (let tone = 0; tone < TONES; tone++) {
    // Whoever likes a genre tends to like its tone.
    const leaning = affinities.reduce((sum, affinity, g) => sum + affinity * genreTones[g * TONES + tone]!, 0);
    ideals[tone] = 0.4 * leaning + 0.8 * draws.normal();
    ideals[TONES + tone] = 0.5 * ideals[tone]! + 0.8 * draws.normal();
  }
  return {
    genres: Float64Array.from(affinities, (affinity) => Math.min(1, Math.max(0.02, 0.5 + affinity / 1.2))),
    veto: affinities[least]! < HATED ? 1 << least : 0,
    ideals,
    reach: 1 + 0.8 * draws.uniform(),
    moodiness: 0.1 + 0.4 * draws.uniform(),
    year: archetype.year + 6 * draws.normal() - 0.4 * (age - USUAL_AGE),
    years: 12 + 40 * draws.uniform(),
    mainstream: draws.uniform(),
    caprice: 0.1 + 0.3 * draws.uniform(),
  };
}
