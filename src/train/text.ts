/**
 * The text model: what films are about, and nothing of who watched them but how many did.
 *
 *   1. The row of a film is the vector of its title, genres and summary, of length 1 (text-encoder.ts).
 *   2. A history is the sum of its films' vectors, each by its weight and its age.
 *   3. So a film scores the sum of its likeness to what was watched, and the bias towards what everyone watches.
 *
 * A film that shares no word with another has a row of zeros: its bias alone speaks for it.
 */

import { fail, succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { Model } from '../registry/model.js';
import { learnTextEncoder, textOfFilm } from '../text/text-encoder.js';
import { bestRows } from './best-rows.js';
import { filmCounts } from './popularity.js';
import { priorBias } from './prior.js';
import { checkTextParameters, type TextParameters } from './text-parameters.js';
import type { TrainingData } from './training-data.js';

/** Errors: usage (a parameter out of its limits), data-missing. */
export function trainText(
  { interactions, films }: TrainingData,
  parameters: TextParameters,
  onProgress?: OnProgress,
): Result<Model> {
  const checked = checkTextParameters(parameters);
  if (!checked.ok) return checked;
  if (films.length === 0) {
    return fail('data-missing', 'there is no film to train on', { hint: 'Run `matinee import` first.' });
  }
  const { floor, recency, prior, halfLifeDays, seed } = parameters;
  const documents = films.map(textOfFilm);
  const onStep = (done: number): void => onProgress?.({ task: 'train text, step', done });
  const encoder = learnTextEncoder(documents, parameters.dimensions, seed, onStep);
  // Where nothing is known of any film, a column of zeros is left: a model has one at least.
  const dimensions = Math.max(1, encoder.dimensions);
  const items = new Float32Array(films.length * dimensions);
  for (const [film, document] of documents.entries()) items.set(encoder.encode(document), film * dimensions);
  const counts = filmCounts(interactions, halfLifeDays);
  return succeed({
    kind: 'text',
    encoder: { type: 'sum', floor, ratingHigh: interactions.ratingHigh, recency },
    filmIds: interactions.films,
    dimensions,
    items,
    gain: new Float32Array(films.length).fill(1),
    ...priorBias(counts, prior),
    fallback: bestRows(counts),
  });
}
