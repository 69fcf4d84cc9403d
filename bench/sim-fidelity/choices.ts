/** Who watches what in the simulated site when nobody recommends, and what the users of MovieLens rated. */

import { random } from '../../src/core/random.js';
import { aliasTable } from '../../src/sim/alias-table.js';
import { genreNames } from '../../src/sim/catalogue/genres.js';
import { tasteful } from '../../src/sim/site/behaviour.js';
import { usualConditions } from '../../src/sim/site/conditions.js';
import { readFilms, readRatings } from '../../src/sim/viewers/archetypes.js';
import type { Watched } from '../../src/sim/viewers/fidelity.js';
import type { SimWorld } from '../../src/sim/world.js';

const YEAR_MS = 365 * 86_400_000;
/** 2026-01-01. */
const FROM_MS = 1_767_225_600_000;
const RATING_SCALE = 5;

/** By MovieLens number, in its order, which is that of the bundled catalogue. */
const facts = [...readFilms()].sort(([a], [b]) => a - b);
// Both sides by MovieLens' genres: Wikipedia's, which the simulated films have too, are not the same for the same film.
const genres = facts.map(([, film]) => film.genres.map((genre) => genreNames[genre]!));
const genresOf = (film: number): readonly string[] => genres[film]!;

/**
 * Everybody comes as often as active, at any time of a year, and watches as the site's viewers do whom nobody recommends
 * anything. A film watched twice counts once.
 * @param world of the bundled films alone
 */
export function simulate(world: SimWorld, viewers: number, filmsEach: number): Watched {
  const draws = random(world.seed);
  const arrivals = aliasTable(Float64Array.from({ length: viewers }, (_, i) => world.tastes.activity(i + 1)));
  const comes = new Uint32Array(viewers);
  for (let i = 0; i < viewers * filmsEach; i++) comes[arrivals.pick(draws.uniform())]!++;

  const { choose } = tasteful(world, draws, RATING_SCALE, usualConditions(world));
  const films = Array.from(comes, (times, viewer) => {
    const choices = Array.from({ length: times }, () => {
      const timeMs = FROM_MS + Math.floor(draws.uniform() * YEAR_MS);
      return choose(viewer + 1, [], timeMs).film;
    });
    return [...new Set(choices)];
  });
  return { films: films.filter((list) => list.length > 0), genresOf };
}

/** The 671 users of the bundled ratings. */
export function movieLens(): Watched {
  const index = new Map(facts.map(([number], i) => [number, i]));
  return { films: readRatings().map((list) => list.map((number) => index.get(number)!)), genresOf };
}

/** The viewers in two halves by chance: how different people of the same kind are. */
export function halves({ films, genresOf }: Watched, seed: number): readonly [Watched, Watched] {
  const draws = random(seed);
  const first = films.map(() => draws.uniform() < 0.5);
  const half = (which: boolean): Watched => ({ films: films.filter((_, viewer) => first[viewer] === which), genresOf });
  return [half(true), half(false)];
}
