/**
 * How much a viewer would enjoy a film: an ideal-point (unfolding) model, of another family than any model that is served,
 * for the distance to an ideal, the genre that outweighs the others, the veto and the moods are not sums of products.
 *
 * 1. A viewer's liking of each genre is that of a MovieLens user, perturbed; the genre liked best in a film weighs most.
 * 2. A film has a tone, a point in a hidden space. The viewer has two ideal points there, one for each mood; the mood follows
 *    from the hour, the weekday and the viewer, and both points drift over the weeks. Pleasure halves at a certain distance.
 * 3. To it come the era, the film's quality as this viewer sees it, and how much others watch it.
 * 4. A hated genre spoils most of it.
 *
 * Everything is a function of (seed, viewer, film, time, shift), computed when asked; only recent viewers are remembered.
 */

import type { Films } from '../catalogue/films.js';
import { mix, streams } from '../mix.js';
import { readArchetypes } from './archetypes.js';
import { moved } from './fashion.js';
import { filmTraits, genreTones, TONES, type FilmTraits } from './film-traits.js';
import { bell } from './noise.js';
import { idealAt, partOfDay } from './mood.js';
import { portrait } from './portrait.js';
import type { SelfImage } from './self-image.js';
import { createViewer, placeOf, type Viewer } from './viewer.js';

export interface Tastes {
  /**
   * How much the viewer would enjoy the film at that time, 0 … 1; half the films that one would pick by popularity are above
   * and half below 0.5.
   * @param shift how far all tastes have moved to other films, 0 … 1; 0 unless given
   */
  satisfaction(user: number, film: number, timeMs: number, shift?: number): number;
  /** Relative frequency of sitting down to watch, mean 1: as unequal as that of MovieLens' users. */
  activity(user: number): number;
  selfImage(user: number): SelfImage;
}

export interface TasteParts {
  readonly seed: number;
  readonly films: Films;
  /** By index of the film, 0 … 1: the share of the catalogue that is watched less. */
  readonly popularity: (film: number) => number;
  /** Index of a film as viewers come across them: popular ones more often. `uniform` in [0, 1). */
  readonly pickFilm: (uniform: number) => number;
  /** Years, by viewer. */
  readonly ageOf: (user: number) => number;
}

/** A viewer in a certain mood. */
interface Present {
  readonly user: number;
  readonly part: number;
  readonly shift: number;
  readonly viewer: Viewer;
  readonly ideal: Float64Array;
}

/** Viewers remembered. */
const PLACES = 512;
/** People describe themselves as they were at some time, whichever it was. */
const SIGN_UP_MS = 0;

export function createTastes({ seed, films, popularity, pickFilm, ageOf }: TasteParts): Tastes {
  const archetypes = readArchetypes();
  const rated = archetypes.map((archetype) => archetype.films);
  const meanRated = rated.reduce((sum, count) => sum + count, 0) / rated.length;
  const tones = genreTones(seed);
  const traits = filmTraits(seed, films, popularity, tones);
  const noiseSeed = mix(seed, streams.caprice);

  const remembered: (Present | undefined)[] = Array.from({ length: PLACES });
  const present = (user: number, part: number, shift: number): Present => {
    const place = user % PLACES;
    const known = remembered[place];
    const same = known?.user === user && known.shift === shift;
    if (same && known.part === part) return known;
    const now = same ? known.viewer : moved(createViewer(seed, user, ageOf(user), archetypes, tones), shift);
    return (remembered[place] = { user, part, shift, viewer: now, ideal: idealAt(seed, user, now, part) });
  };

  const satisfaction = (user: number, film: number, timeMs: number, shift = 0): number =>
    enjoyment(present(user, partOfDay(timeMs), shift), traits, film, bell(mix(mix(noiseSeed, user), film)));
  const titleOf = (film: number): string => films.film(film).title;
  return {
    satisfaction,
    activity: (user) => between(rated, placeOf(seed, user)) / meanRated,
    selfImage: (user) => {
      const { viewer } = present(user, partOfDay(SIGN_UP_MS), 0);
      return portrait(seed, user, viewer, {
        pickFilm,
        titleOf,
        enjoyed: (film) => satisfaction(user, film, SIGN_UP_MS),
      });
    },
  };
}

function enjoyment({ viewer, ideal, shift }: Present, traits: FilmTraits, film: number, caprice: number): number {
  const genres = traits.genres[film]!;
  let [sum, squares] = [0, 0];
  for (let rest = genres; rest !== 0; rest &= rest - 1) {
    const liking = viewer.genres[31 - Math.clz32(rest & -rest)]!;
    sum += liking;
    squares += liking * liking;
  }
  const genre = sum === 0 ? 0.5 : squares / sum;

  let distance = 0;
  for (let tone = 0; tone < TONES; tone++) {
    const apart = traits.tones[film * TONES + tone]! - ideal[tone]!;
    distance += apart * apart;
  }
  const tone = 1 / (1 + distance / (viewer.reach * viewer.reach));
  const years = (traits.year[film]! - viewer.year) / viewer.years;
  const era = 1 / (1 + years * years);
  const quality = traits.quality[film]! + shift * (traits.otherQuality[film]! - traits.quality[film]!);

  const pleasure =
    4.6 * genre * (0.4 + tone) +
    0.8 * era +
    1.7 * (quality + viewer.caprice * caprice) +
    0.8 * viewer.mainstream * traits.popularity[film]!;
  const x = 0.9 * (pleasure - 3.8);
  const satisfaction = 0.5 + (0.5 * x) / (1 + Math.abs(x));
  return (genres & viewer.veto) === 0 ? satisfaction : 0.4 * satisfaction;
}

/** The value at `place`, 0 … 1, of what the sorted values would be if they were continuous. */
function between(sorted: readonly number[], place: number): number {
  const at = place * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below]! + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - sorted[below]!);
}
