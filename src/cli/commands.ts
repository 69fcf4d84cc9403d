/** Every command, in the order help prints them. */

import { addConfig } from './config.js';
import { addEvaluate } from './evaluate.js';
import type { AddCommand } from './frame.js';
import { addImport } from './import.js';
import { addModels } from './models.js';
import { addRecommend } from './recommend.js';
import { addServe } from './serve.js';
import { addStart } from './start.js';
import { addState } from './state.js';
import { addTrain } from './train.js';

export const commands: readonly AddCommand[] = [
  addStart,
  addServe,
  addImport,
  addTrain,
  addEvaluate,
  addModels,
  addRecommend,
  addState,
  addConfig,
];
