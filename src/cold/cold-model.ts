/** A trained model with the columns beside it that answer strangers. */

import type { Model } from '../registry/model.js';
import type { ColdModel } from './columns.js';
import { filmColumns, type ColdSource } from './film-columns.js';
import { scoreUnit } from './score-unit.js';
import { coldWeights } from './weights.js';

/** @param model of any kind but popularity, with an item or more */
export const withCold = (model: Model, source: ColdSource): ColdModel => ({
  ...model,
  cold: { weights: coldWeights(scoreUnit(model, source.likes)), columns: filmColumns(source) },
});
