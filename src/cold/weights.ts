/** How much each thing that a stranger tells of themselves counts, in any model. */

import type { ColdWeights } from '../registry/model.js';

/** Chosen on other halves of the same users than any that is reported: docs/cold-start.md. */
const ratios = {
  /** Of e times as many likes, against the unit of the model's scores (score-unit.ts); all below are multiples of it. */
  prior: 0.4,
  /** Of a liked genre, for a film of that genre alone. */
  genre: 0.8,
  /** Of the full likeness between a film's text and those of the liked films. */
  text: 1,
  /** Of a film of the years that are liked. */
  era: 0.5,
  /** Of e times as much liking in the user's group than elsewhere. */
  group: 0.5,
  /** Of a disliked genre. */
  dislikedGenre: 0.8,
  /** Of e times as many likes, for who likes what is popular and for who does not. */
  popular: 1.25,
  unpopular: 0.6,
} satisfies ColdWeights;

/** @param unit of the model's scores */
export function coldWeights(unit: number): ColdWeights {
  const prior = ratios.prior * unit;
  const { genre, text, era, group, dislikedGenre, popular, unpopular } = ratios;
  return {
    ...{ prior, genre: prior * genre, text: prior * text, era: prior * era, group: prior * group },
    ...{ dislikedGenre: prior * dislikedGenre, popular: prior * popular, unpopular: prior * unpopular },
  };
}
