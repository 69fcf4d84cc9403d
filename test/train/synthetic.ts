/** Seeded interactions for the tests of training: any shape, in the order that the dataset promises. */

import { random } from '../../src/core/random.js';
import type { Interactions } from '../../src/dataset/interactions.js';

export interface SyntheticShape {
  readonly users: number;
  readonly films: number;
  /** Chance that a user has seen a film of the own taste (user and film of the same parity), and another film. */
  readonly liked: number;
  readonly other: number;
  readonly seed: number;
}

export function synthetic({ users, films, liked, other, seed }: SyntheticShape): Interactions {
  const { uniform } = random(seed);
  const pairs: [number, number][] = [];
  for (let user = 0; user < users; user++) {
    for (let film = 0; film < films; film++) {
      if (uniform() < (user % 2 === film % 2 ? liked : other)) pairs.push([user, film]);
    }
  }
  return {
    users: Float64Array.from({ length: users }, (_, user) => 100 + user),
    films: Array.from({ length: films }, (_, film) => `film+${film}`),
    userOf: Int32Array.from(pairs, ([user]) => user),
    filmOf: Int32Array.from(pairs, ([, film]) => film),
    preference: Float32Array.from(pairs, () => uniform()),
    time: Float64Array.from(pairs, (_, i) => 1_000_000 + i),
    ratingHigh: 5,
  };
}
