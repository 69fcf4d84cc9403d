/** What nobody outside the world knows: how much a viewer would have enjoyed what was recommended. For a file that no service reads. */

import type { RequestOutcome } from '../log/log-lines.js';
import type { SimWorld } from '../world.js';
import type { Choice } from './behaviour.js';

export interface SiteAnswer extends RequestOutcome {
  /** Indexes, best first; empty unless the status is 200. */
  readonly films: readonly number[];
}

export interface AnswerTruth {
  /** ISO time of the world. */
  readonly time: string;
  /** As it was asked for. */
  readonly user: string;
  readonly status: number;
  /** Ids, best first. */
  readonly list: readonly string[];
  /** Of each film of the list, 0 … 1 to four digits; empty for users that the world does not have. */
  readonly satisfaction: readonly number[];
  /** What the viewer then watched; null where nobody was there to watch. */
  readonly chosen: { readonly film: string; readonly place: number; readonly satisfaction: number } | null;
}

export interface TruthParts {
  readonly world: SimWorld;
  readonly timeMs: number;
  readonly shift: number;
  readonly user: string;
  readonly answer: SiteAnswer;
  readonly choice: Choice | undefined;
}

export function truthOf({ world, timeMs, shift, user, answer, choice }: TruthParts): AnswerTruth {
  const id = Number(user);
  const isViewer = Number.isInteger(id) && id >= world.firstUser && id < world.firstUser + world.users;
  const enjoys = (film: number): number => Math.round(world.tastes.satisfaction(id, film, timeMs, shift) * 1e4) / 1e4;
  const chosen = choice && {
    ...{ film: world.ids[choice.film]!, place: choice.place },
    satisfaction: enjoys(choice.film),
  };
  return {
    ...{ time: new Date(timeMs).toISOString(), user, status: answer.status },
    list: answer.films.map((film) => world.ids[film]!),
    satisfaction: isViewer ? answer.films.map(enjoys) : [],
    chosen: chosen ?? null,
  };
}
