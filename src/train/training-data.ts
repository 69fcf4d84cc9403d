/** What models are made of. */

import type { Interactions } from '../dataset/interactions.js';
import type { FilmText } from '../text/text-encoder.js';

export interface TrainingData {
  readonly interactions: Interactions;
  /** What each dense film is about; the title is empty where nothing is known. */
  readonly films: readonly FilmText[];
}
