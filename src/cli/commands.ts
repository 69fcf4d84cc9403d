/** Every command, in the order help prints them. */

import { addCompare } from './compare.js';
import { addConfig } from './config.js';
import { addEvaluate } from './evaluate.js';
import { addFilms } from './films.js';
import type { AddCommand } from './frame.js';
import { addImport } from './import.js';
import { addIngest } from './ingest.js';
import { addModels } from './models.js';
import { addQuality } from './quality.js';
import { addQuarantine } from './quarantine.js';
import { addRecommend } from './recommend.js';
import { addServe } from './serve.js';
import { addSim } from './sim.js';
import { addSnapshot } from './snapshot.js';
import { addStart } from './start.js';
import { addState } from './state.js';
import { addTrain } from './train.js';
import { addTune } from './tune.js';

export const commands: readonly AddCommand[] = [
  addStart,
  addServe,
  addImport,
  addIngest,
  addTrain,
  addEvaluate,
  addCompare,
  addTune,
  addModels,
  addRecommend,
  addState,
  addSnapshot,
  addFilms,
  addQuarantine,
  addQuality,
  addSim,
  addConfig,
];
