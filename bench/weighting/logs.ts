/** Logs of which ratings and watched shares are known apart, and whether each film was truly liked. */

import { bundledData } from '../../src/app/import.js';
import { random } from '../../src/core/random.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import { createSimWorld } from '../../src/sim/world.js';
import { byForm } from '../harness/form.js';
import { readImported } from '../harness/imported.js';
import { createSpectator, ratingScale, type Viewing } from '../newcomers/viewings.js';

export interface ToldLog {
  readonly name: string;
  /** Their preference is not read. */
  readonly interactions: Interactions;
  /** By interaction, of the scale: 0…1, NaN where the site was told none. */
  readonly rating: Float32Array;
  /** By interaction, of the running time: 0…1, NaN where it is not known. */
  readonly share: Float32Array;
  /** By interaction: 4 of 5 and more, told or not. */
  readonly liked: Uint8Array;
}

/** The site's: one rating for so many minutes. */
const MINUTES_A_RATING = 160;
const LIKED = 0.8;
const { viewers, filmsEach } = byForm({
  short: { viewers: 600, filmsEach: 12 },
  usual: { viewers: 4_000, filmsEach: 25 },
});
const [seed, days] = [21, 90];
const fromMs = Date.UTC(2026, 0, 5);

/** Ratings and nothing else. */
export async function bundledLog(): Promise<ToldLog> {
  const interactions = await readImported([bundledData]);
  const rating = interactions.preference;
  const share = new Float32Array(rating.length).fill(NaN);
  return { name: 'bundled ratings', interactions, rating, share, liked: Uint8Array.from(rating, isLiked) };
}

/** What the viewers of a simulated world watch, of which they rate about every second film. */
export function simulatedLog(): ToldLog {
  const known = bundledCatalogue();
  const world = createSimWorld({ seed, films: known.length, users: 10 * viewers, known });
  const draws = random(seed);
  const spectate = createSpectator(world, draws);
  const users = Array.from({ length: viewers }, (_, i) => i + 1);
  const viewings = users.map((user) => {
    const count = 1 + Math.floor(2 * (filmsEach - 1) * draws.uniform());
    return newestOfEachFilm(spectate(user, count, fromMs, days));
  });
  const all = viewings.flat();
  const rating = Float32Array.from(all, ({ rating }) => rating / ratingScale);
  return {
    name: 'simulated log',
    interactions: {
      users: Float64Array.from(users),
      films: world.ids,
      userOf: Int32Array.from(viewings.flatMap((own, dense) => own.map(() => dense))),
      filmOf: Int32Array.from(all, ({ film }) => film),
      preference: new Float32Array(all.length).fill(NaN),
      time: Float64Array.from(all, ({ timeMs }) => timeMs),
      ratingHigh: ratingScale,
    },
    rating: rating.map((value, i) => (draws.uniform() < all[i]!.minutes / MINUTES_A_RATING ? value : NaN)),
    share: Float32Array.from(all, ({ minutes, runtime }) => Math.min(1, minutes / runtime)),
    liked: Uint8Array.from(rating, isLiked),
  };
}

const isLiked = (rating: number): number => Number(rating >= Math.fround(LIKED));

const newestOfEachFilm = (viewings: readonly Viewing[]): Viewing[] =>
  viewings.filter(({ film }, i) => viewings.findLastIndex((other) => other.film === film) === i);
