/** How a list differs from the one before. */

import type { SiteFilm } from '../../../src/sim/page/answers.js';

export interface Changes {
  /** By film id: how many places it went up (below 0: down), or that it is new. Not of films that stayed where they were. */
  readonly moves: ReadonlyMap<string, number | 'new'>;
  readonly gone: readonly SiteFilm[];
}

export function compare(before: readonly SiteFilm[], after: readonly SiteFilm[]): Changes {
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const moves = new Map<string, number | 'new'>();
  for (const [place, { id }] of after.entries()) {
    const was = places.get(id);
    if (was !== place) moves.set(id, was === undefined ? 'new' : was - place);
  }
  const still = new Set(after.map(({ id }) => id));
  return { moves, gone: before.filter(({ id }) => !still.has(id)) };
}

/** `4 new, 9 moved, 4 gone` */
export function summaryOf({ moves, gone }: Changes): string {
  const fresh = [...moves.values()].filter((move) => move === 'new').length;
  const counts = [
    [fresh, 'new'],
    [moves.size - fresh, 'moved'],
    [gone.length, 'gone'],
  ] as const;
  const named = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return named.length === 0 ? 'The list is the same as before.' : `The list has changed: ${named.join(', ')}.`;
}
