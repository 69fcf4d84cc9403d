/** A small file of ratings in which users of two tastes meet films at any time: enough for every protocol, quick to train on. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../../src/core/random.js';
import { synthetic } from '../train/synthetic.js';

/** 240 users, 50 films. Returns its path. */
export function writeTwoTastes(folder: string): string {
  const { users, films, userOf, filmOf } = synthetic({ users: 240, films: 50, liked: 0.3, other: 0.02, seed: 3 });
  const { integer } = random(1);
  const rows = Array.from(userOf, (user, i) => `${users[user]!},${films[filmOf[i]!]!}+2001,4,${1.7e9 + integer(1e7)}`);
  const path = join(folder, 'ratings.csv');
  writeFileSync(path, `user_id,movie_id,rating,timestamp\n${rows.join('\n')}\n`);
  return path;
}
