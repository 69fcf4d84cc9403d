/** Films, people and their lists as the page shows them. */

import type { Answer } from '../grader/grader.js';
import { lengthOf, type Visitors } from '../site/visitors.js';
import type { SimWorld } from '../world.js';
import type { Person, Recommendations, SiteFilm } from './answers.js';

export function siteFilm(world: SimWorld, film: number): SiteFilm {
  const facts = world.film(film);
  const { id, title, year, genres } = facts;
  return { id, title, year, genres, runtime: lengthOf(facts) };
}

export const personOf = (world: SimWorld, visitors: Visitors, user: number): Person => ({
  user,
  did: visitors
    .deeds(user)
    .toReversed()
    .map(({ film, ...deed }) => ({ ...deed, film: siteFilm(world, film) })),
});

export const recommendationsOf = (
  world: SimWorld,
  { films, status, result, model, tier, latencyMs }: Answer,
): Recommendations => ({
  films: films.map((film) => siteFilm(world, film)),
  status,
  problem: status === 200 ? null : result,
  model: model ?? null,
  tier: tier ?? null,
  latencyMs,
});
