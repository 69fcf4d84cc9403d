/** A small site with people at it, second by second, and its log as lines. */

import type { KnownFilm } from '../../src/sim/catalogue/films.js';
import { fixedRecommender } from '../../src/sim/grader/fixed.js';
import type { Recommender } from '../../src/sim/grader/grader.js';
import { Site } from '../../src/sim/site/site.js';
import { createVisitors, type Visitors } from '../../src/sim/site/visitors.js';
import type { Profile } from '../../src/sim/site/guest.js';
import { createSimWorld } from '../../src/sim/world.js';

export const ratingScale = 5;
export const startMs = Date.UTC(2026, 7, 27, 18, 44, 30);

export const profile: Profile = {
  age: 34,
  gender: 'F',
  occupation: 'writer',
  likes: 'slow thrillers',
  dislikes: null,
};

export interface SmallSite {
  readonly site: Site;
  readonly visitors: Visitors;
  /** Plays a second, with what was done before it. @returns its lines */
  second(): string[];
}

export interface SmallSiteOptions {
  readonly users?: number;
  /** Invented unless given. */
  readonly known?: readonly KnownFilm[];
  /** The first three films for everybody unless given. */
  readonly recommender?: Recommender;
  readonly registered?: number;
}

export function smallSite(options: SmallSiteOptions = {}): SmallSite {
  const { users = 200, known = [] } = options;
  const world = createSimWorld({ seed: 1, films: known.length || 60, users, known });
  const { registered = world.registered, recommender = fixedRecommender(world.ids, () => [0, 1, 2]) } = options;
  const log = { seed: 7, startMs, linesPerSecond: 0.5, partitions: 1, ratingScale, registered };
  const site = new Site(world, { ...log, life: 'steady' });
  const visitors = createVisitors({ site, recommender: () => recommender, ratingScale });
  return {
    site,
    visitors,
    second: () => {
      visitors.write();
      return site
        .advance()
        .batches.flatMap(({ bytes }) => Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1));
    },
  };
}
