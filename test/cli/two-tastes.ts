/** A small file of ratings in which users of two tastes meet films at any time: enough for every protocol, quick to train on. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../../src/core/random.js';
import { synthetic } from '../train/synthetic.js';

const log = synthetic({ users: 240, films: 50, liked: 0.3, other: 0.02, seed: 3 });

/** 240 users, 50 films. Returns its path. */
export function writeTwoTastes(folder: string): string {
  const { users, films, userOf, filmOf } = log;
  const { integer } = random(1);
  const rows = Array.from(userOf, (user, i) => `${users[user]!},${films[filmOf[i]!]!}+2001,4,${1.7e9 + integer(1e7)}`);
  const path = join(folder, 'ratings.csv');
  writeFileSync(path, `user_id,movie_id,rating,timestamp\n${rows.join('\n')}\n`);
  return path;
}

/** The same in MovieLens' files: every film has a title, and the genre of its taste. Returns the folder. */
export function writeTwoGenres(folder: string): string {
  const { users, films, userOf, filmOf } = log;
  const path = join(folder, 'movielens');
  mkdirSync(path);
  const movies = films.map(
    (_, film) => `${film + 1},The ${film + 1} Ways (2001),${film % 2 === 0 ? 'Western' : 'Musical'}`,
  );
  const ratings = Array.from(userOf, (user, i) => `${users[user]!},${filmOf[i]! + 1},4.0,${1.7e9 + i}`);
  writeFileSync(join(path, 'movies.csv'), `movieId,title,genres\n${movies.join('\n')}\n`);
  writeFileSync(join(path, 'ratings.csv'), `userId,movieId,rating,timestamp\n${ratings.join('\n')}\n`);
  return path;
}
