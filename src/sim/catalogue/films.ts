/** The catalogue: known films first, then invented ones; of each only its id and title are kept, its facts are computed. */

import type { Random } from '../../core/random.js';
import { filmFromId, filmIdFor } from '../../world/film-id.js';
import { aliasTable } from '../alias-table.js';
import { genreNames, genreWeights, siteGenres } from './genres.js';
import { drawsOf, mix, oneOf } from '../mix.js';
import { inventTitle } from './titles.js';
import { adjectives, callings, names, nouns, places, quests, turns } from './words.js';

/** A film that exists outside: rows of `matinee import` fit. */
export interface KnownFilm {
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
}

export interface SimFilm extends KnownFilm {
  /** Minutes; null where the site does not know it. */
  readonly runtime: number | null;
  /** Two letters (ISO 639-1). */
  readonly language: string;
  readonly overview: string | null;
  /** USD a view; null where the site does not say: that is not zero. */
  readonly cost: number | null;
}

export interface Films {
  /** By index. */
  readonly ids: readonly string[];
  indexOf(id: string): number | undefined;
  film(index: number): SimFilm;
}

const genres = aliasTable(genreWeights);
const languages = ['en', 'fr', 'ja', 'it', 'de', 'es', 'zh', 'sv', 'cn', 'ko', 'ru', 'hi'] as const;
const languageTable = aliasTable([3693, 278, 178, 109, 102, 100, 54, 53, 43, 40, 36, 34]);

export function createFilms(seed: number, count: number, known: readonly KnownFilm[]): Films {
  const named = known.slice(0, count).map(({ id, title, year }) => ({ id, title, year }));
  const index = new Map(named.map(({ id }, i) => [id, i]));
  for (let i = named.length; i < count; i++) {
    const film = inventFilm(seed, i, index);
    index.set(film.id, i);
    named.push(film);
  }
  return {
    ids: named.map(({ id }) => id),
    indexOf: (id) => index.get(id),
    film: (i) => {
      const draws = drawsOf(seed, 'film', i);
      // The known film's genres do not shift the draws that follow.
      const invented = inventGenres(draws);
      return { ...named[i]!, genres: i < known.length ? siteGenres(known[i]!.genres) : invented, ...facts(draws) };
    },
  };
}

/** A film of which only the id is given, whether the catalogue has it or not: its other facts follow from the id. */
export function filmSpelt(seed: number, id: string): SimFilm {
  let index = 0;
  for (let i = 0; i < id.length; i++) index = mix(index, id.charCodeAt(i));
  const draws = drawsOf(seed, 'film', index);
  return { id, ...filmFromId(id), genres: inventGenres(draws), ...facts(draws) };
}

/** An id is given once: who comes later tries other titles. */
function inventFilm(seed: number, index: number, taken: ReadonlyMap<string, number>): Omit<KnownFilm, 'genres'> {
  const draws = drawsOf(seed, 'title', index);
  for (;;) {
    const { title, year } = inventTitle(draws);
    const id = draws.uniform() < 0.001 ? filmIdFor(title, year).replace('+', "'") : filmIdFor(title, year);
    if (!taken.has(id)) return { id, title, year };
  }
}

function inventGenres(draws: Random): string[] {
  // 1.8 % have none, most one to three.
  const count = draws.uniform() < 0.018 ? 0 : 1 + draws.integer(3);
  return [...new Set(Array.from({ length: count }, () => genreNames[genres.pick(draws.uniform())]!))];
}

const facts = (draws: Random): Omit<SimFilm, keyof KnownFilm> => ({
  runtime: draws.uniform() < 0.01 ? null : inventRuntime(draws),
  language: languages[languageTable.pick(draws.uniform())]!,
  overview: draws.uniform() < 0.03 ? null : inventOverview(draws),
  cost: inventCost(draws),
});

/** Around 104 minutes; one in 500 is a series of up to a thousand and more. */
const inventRuntime = (draws: Random): number =>
  draws.uniform() < 0.002 ? 300 + draws.integer(900) : Math.max(45, Math.round(104 + 21 * draws.normal()));

function inventOverview(draws: Random): string {
  const who = oneOf(draws, callings);
  const scene = `In ${oneOf(draws, places)}, ${who} and ${oneOf(draws, names)} set out ${oneOf(draws, quests)}.`;
  const thing = `It begins with a ${oneOf(draws, adjectives).toLowerCase()} ${oneOf(draws, nouns).toLowerCase()}.`;
  return [scene, thing, oneOf(draws, turns)].slice(0, 1 + draws.integer(3)).join(' ');
}

/** Whole cents up to 5 USD, cheap ones more often; 8 % missing, 1 % free. */
function inventCost(draws: Random): number | null {
  const [kind, level] = [draws.uniform(), draws.uniform()];
  if (kind < 0.08) return null;
  return kind < 0.09 ? 0 : (5 + Math.round(495 * level * level)) / 100;
}
