/** The process in which one training is measured, so that its peak of memory and its CPU time are its own. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { learnCold } from '../cold/cold-model.js';
import type { Miss } from '../core/channels.js';
import { unwrap } from '../core/errors.js';
import { faultOf } from '../core/fault.js';
import { createEngine, type Engine } from '../engine/engine.js';
import { codeFacts } from '../registry/code-facts.js';
import type { Model } from '../registry/model.js';
import { openRegistry } from '../registry/registry.js';
import { assign } from '../serve/assign.js';
import { openState } from '../store/state.js';
import { recipeFacts, trainRecipe, type Recipe } from '../train/recipe.js';
import type { CostAnswer, CostOrder, Costs } from './costs.js';
import { stateFolderOf } from './folders.js';
import { readColdData, readData } from './train.js';

/** Asked at a time: batches are full. */
const IN_FLIGHT = 128;
const WARM_UP_MS = 300;
const MEASURE_MS = 1000;

type TrainingCosts = Pick<Costs, 'trainSeconds' | 'trainCpuSeconds' | 'peakBytes'>;
type AnswerCosts = Pick<Costs, 'imageBytes' | 'answerCpuMicros' | 'answersPerSecond'>;

assert(process.send !== undefined, 'this process is started by another');
// Nothing is left to be saved: pools that would go on for seconds are not waited for.
const tell = (answer: CostAnswer): void => void process.send!(answer, () => process.exit());
try {
  const [order] = (await once(process, 'message')) as [CostOrder];
  tell({ costs: await costsOf(order) });
} catch (error) {
  tell({ fault: faultOf(error) });
}

async function costsOf({ config, snapshot, recipe }: CostOrder): Promise<Costs> {
  const data = await readColdData(unwrap(await readData(config, { snapshot, onProgress: () => undefined })));
  const [startMs, cpu] = [performance.now(), process.cpuUsage()];
  const { interactions, texts: films } = data;
  const trained = unwrap(await trainRecipe(recipe, { interactions, films }, { trackLoss: false }));
  const model = learnCold(trained.model, data);
  const { user, system } = process.cpuUsage(cpu);
  const training: TrainingCosts = {
    trainSeconds: (performance.now() - startMs) / 1000,
    trainCpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
  const folder = mkdtempSync(join(tmpdir(), 'matinee-costs-'));
  try {
    const answers = await answerCosts(folder, stateFolderOf(config), model, recipe);
    return { ...training, ...answers, diskBytes: bytesIn(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function answerCosts(modelsFolder: string, stateFolder: string, model: Model, recipe: Recipe) {
  const registry = unwrap(openRegistry(modelsFolder));
  const state = unwrap(openState(stateFolder, { readOnly: true }));
  const { hyperparameters, seed } = recipeFacts(recipe);
  const made = { hyperparameters, seed, metrics: {}, command: 'matinee compare --report', data: null, parent: null };
  const { id } = unwrap(registry.write(model, { ...made, code: await codeFacts(), created: new Date() }));
  unwrap(registry.promote(id));
  const engine = createEngine({
    ...{ registry, modelsFolder, stateFolder, films: () => state.films.count() },
    ...{ workers: 1, deadlineMs: 60_000, pointers: ['current'] },
  });
  try {
    await Promise.all([engine.started(), engine.residents.refresh()]);
    const refused = engine.residents.refusal('current');
    if (refused !== undefined) throw refused;
    const users = [...state.histories.users()];
    await askFor(engine, users, WARM_UP_MS);
    const cpu = process.cpuUsage();
    const { answers, seconds } = await askFor(engine, users, MEASURE_MS);
    const { user, system } = process.cpuUsage(cpu);
    const costs: AnswerCosts = {
      imageBytes: engine.residents.get('current')!.plan.bytes,
      answerCpuMicros: (user + system) / answers,
      answersPerSecond: answers / seconds,
    };
    return costs;
  } finally {
    await engine.close();
    await Promise.all([state.close(), registry.close()]);
  }
}

/** A closed loop over the users in turn. Resolves when all that was asked is answered. */
function askFor(engine: Engine, users: readonly number[], ms: number): Promise<{ answers: number; seconds: number }> {
  const startMs = performance.now();
  let [asked, answers, open] = [0, 0, 0];
  return new Promise((resolve, reject) => {
    const ask = (): void => {
      const user = users[asked % users.length]!;
      asked += 1;
      open += 1;
      engine.submit(assign(user).route, { user, answered, missed });
    };
    const answered = (): void => {
      answers += 1;
      open -= 1;
      if (performance.now() - startMs < ms) ask();
      else if (open === 0) resolve({ answers, seconds: (performance.now() - startMs) / 1000 });
    };
    const missed = (reason: Miss): void => {
      // Of whom a model can use nothing, the ladder answers from the next rung.
      if (reason === 'no-history') answered();
      else reject(new Error(`an answer is missing: ${reason}`));
    };
    for (let i = 0; i < IN_FLIGHT; i++) ask();
  });
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
