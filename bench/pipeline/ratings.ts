/** A seeded file of ratings like the exports of the site, with the power laws of the training bench, in order of time. */

import { closeSync, openSync, writeSync } from 'node:fs';
import { random } from '../../src/core/random.js';
import { powerLaw } from '../train/interactions.js';

export interface RatingsShape {
  readonly users: number;
  readonly films: number;
  /** Drawn from what `powerLaw` gives all users: it must have as many. */
  readonly interactions: number;
  readonly seed: number;
}

/** One rating a minute from here on. */
const startMs = Date.UTC(2024, 0, 1);
const stepMs = 60_000;

const HIGHEST_RATING = 10;

/** A file of many millions is longer than a string may be. */
const LINES_AT_ONCE = 100_000;

/** Every user comes at all times, so that a cut in time leaves nearly everybody something to be asked about. */
export function writeRatings(path: string, { users, films, interactions, seed }: RatingsShape): void {
  const { indptr, indices } = powerLaw(users, films, seed);
  const { integer } = random(seed + 1);
  const userOf = new Int32Array(indices.length);
  for (let user = 0; user < users; user++) userOf.fill(user, indptr[user], indptr[user + 1]);
  const file = openSync(path, 'w');
  let lines = ['user_id,movie_id,rating,timestamp'];
  for (let drawn = 0; drawn < interactions; drawn++) {
    // What was drawn goes to the front, as in a shuffle that ends early.
    const at = drawn + integer(indices.length - drawn);
    const [user, film] = [userOf[at]!, indices[at]!];
    userOf[at] = userOf[drawn]!;
    indices[at] = indices[drawn]!;
    const time = new Date(startMs + drawn * stepMs).toISOString().slice(0, 19);
    lines.push(`${user + 1},film+${film + 1},${1 + integer(HIGHEST_RATING)},${time}`);
    if (lines.length < LINES_AT_ONCE && drawn < interactions - 1) continue;
    writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  }
  closeSync(file);
}
