/** How much the lists of each way to rank please the viewers who get them, and what they would watch of them. */

import { random } from '../../src/core/random.js';
import { tasteful } from '../../src/sim/site/behaviour.js';
import { usualConditions } from '../../src/sim/site/conditions.js';
import type { SimWorld } from '../../src/sim/world.js';
import { ways, type Asked, type Ranking, type Way } from './rankings.js';

const LIST_LENGTH = 20;

/** True satisfaction of 1, one number a viewer. */
export interface Earned {
  /** Mean of the films of the list. */
  readonly list: number[];
  /** With the film that the viewer picks from the list. */
  readonly choice: number[];
}

export function earnedBy(
  world: SimWorld,
  rankings: Readonly<Record<Way, Ranking>>,
  viewers: readonly Asked[],
): Record<Way, Earned> {
  const of = (way: Way): Earned => {
    // The same chances for all ways, so that only their lists differ.
    const { choose } = tasteful(world, random(world.seed), 10, { ...usualConditions(world), followShare: 1 });
    const earned: Earned = { list: [], choice: [] };
    for (const viewer of viewers) {
      const enjoys = (film: number): number => world.tastes.satisfaction(viewer.user, film, viewer.timeMs);
      const list = rankings[way](viewer, LIST_LENGTH);
      earned.list.push(list.reduce((sum, film) => sum + enjoys(film), 0) / list.length);
      earned.choice.push(enjoys(choose(viewer.user, list, viewer.timeMs).film));
    }
    return earned;
  };
  return Object.fromEntries(ways.map((way) => [way, of(way)])) as Record<Way, Earned>;
}
