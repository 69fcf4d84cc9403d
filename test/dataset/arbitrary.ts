/** Any interactions, in the order that the state gives them. */

import fc from 'fast-check';
import type { Interactions } from '../../src/dataset/interactions.js';

const USERS = 6;
const FILMS = 5;

const triple = fc.record({
  user: fc.nat(USERS - 1),
  film: fc.nat(FILMS - 1),
  time: fc.oneof(
    fc.constant(0),
    fc.nat(8).map((s) => s * 1000),
  ),
});

export const interactions: fc.Arbitrary<Interactions> = fc
  .uniqueArray(triple, { selector: ({ user, film }) => user * FILMS + film, maxLength: USERS * FILMS })
  .map((triples) => {
    const sorted = triples.sort((a, b) => a.user - b.user || a.time - b.time || a.film - b.film);
    return {
      users: Float64Array.from({ length: USERS }, (_, i) => 100 + i),
      films: Array.from({ length: FILMS }, (_, i) => `film+${i}`),
      userOf: Int32Array.from(sorted, ({ user }) => user),
      filmOf: Int32Array.from(sorted, ({ film }) => film),
      preference: Float32Array.from(sorted, (_, i) => i / 32),
      time: Float64Array.from(sorted, ({ time }) => time),
      ratingHigh: 5,
    };
  });
