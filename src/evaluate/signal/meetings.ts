/** Who met what, as the signal test reads it: users with two films or more, of whom none can outvote the others. */

import type { Random } from '../../core/random.js';
import type { Interactions } from '../../dataset/interactions.js';

/** What the test needs to know of interactions. */
export type Log = Pick<Interactions, 'users' | 'films' | 'userOf' | 'filmOf' | 'time'>;

/** n meetings of a user with a film, each pair once, in order of user. */
export interface Meetings {
  /** Films there are. */
  readonly films: number;
  /** Where each user's meetings begin; users + 1. */
  readonly start: Int32Array;
  /** n users, dense. */
  readonly userOf: Int32Array;
  /** n films. */
  readonly filmOf: Int32Array;
  /** n times, 0 when unknown. */
  readonly time: Float64Array;
}

/** Of who met more, so many are drawn: pairs grow with the square, and a few heavy users would decide for all. */
const filmsMax = 30;
/** Users are drawn until they bring so many meetings: more make the answer later, not another one. */
const meetingsMax = 200_000;

/** `userOf` of the log must be ascending. */
export function drawMeetings({ users, films, userOf, filmOf, time }: Log, { integer }: Random): Meetings {
  const begin = new Int32Array(users.length + 1);
  for (const user of userOf) begin[user + 1]! += 1;
  for (let user = 0; user < users.length; user++) begin[user + 1]! += begin[user]!;

  /** Moves `count` drawn elements to the front. */
  const draw = (from: Int32Array, count: number): void => {
    for (let i = 0; i < count; i++) {
      const j = i + integer(from.length - i);
      [from[i], from[j]] = [from[j]!, from[i]!];
    }
  };

  const order = Int32Array.from(users.keys()).filter((user) => begin[user + 1]! - begin[user]! >= 2);
  draw(order, order.length);
  const start = [0];
  const kept: number[] = [];
  for (const user of order) {
    if (kept.length >= meetingsMax) break;
    const row = Int32Array.from({ length: begin[user + 1]! - begin[user]! }, (_, i) => begin[user]! + i);
    const count = Math.min(row.length, filmsMax);
    if (count < row.length) draw(row, count);
    kept.push(...row.subarray(0, count));
    start.push(kept.length);
  }
  return {
    films: films.length,
    start: Int32Array.from(start),
    userOf: Int32Array.from(start.slice(1).flatMap((end, user) => new Array<number>(end - start[user]!).fill(user))),
    filmOf: Int32Array.from(kept, (i) => filmOf[i]!),
    time: Float64Array.from(kept, (i) => time[i]!),
  };
}
