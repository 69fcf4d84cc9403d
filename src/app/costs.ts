/** What models cost: each trained, stored and asked in a process of its own, one after the other. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { errorOf, type Fault } from '../core/fault.js';
import { built } from '../core/package.js';
import type { Recipe } from '../train/recipe.js';
import type { NamedRecipe } from './contenders.js';

export interface Costs {
  /** Wall time of training, the columns for strangers included, reading the data not. */
  readonly trainSeconds: number;
  /** Of all threads. */
  readonly trainCpuSeconds: number;
  /** The most that the process had resident until it was trained, data and Node included. */
  readonly peakBytes: number;
  /** Of a registry that holds this version alone. */
  readonly diskBytes: number;
  /** Of the images that answers are computed from, that for strangers included, in the engine's shared memory. */
  readonly imageBytes: number;
  /** All threads of the engine with one scoring thread, HTTP not included. */
  readonly answerCpuMicros: number;
  readonly answersPerSecond: number;
}

export interface ModelCosts extends Costs {
  readonly model: string;
}

/** What the process is told, and what it tells before it ends. */
export interface CostOrder {
  readonly config: Config;
  /** Path of the snapshot. */
  readonly snapshot: string;
  readonly recipe: Recipe;
}
export type CostAnswer = { readonly costs: Costs } | { readonly fault: Fault };

const DIED: Fault = { code: 'worker-died', message: 'the process that measures a training died', hint: undefined };

/** Needs the state of the site: its users are asked for. Errors: those of training and of the state; worker-died. */
export async function measureCosts(
  config: Config,
  snapshot: string,
  models: readonly NamedRecipe[],
): Promise<Result<ModelCosts[]>> {
  const measured: ModelCosts[] = [];
  for (const { name: model, recipe } of models) {
    const answer = await measureOne({ config, snapshot, recipe });
    if ('fault' in answer) return { ok: false, error: errorOf(answer.fault) };
    measured.push({ model, ...answer.costs });
  }
  return succeed(measured);
}

async function measureOne(order: CostOrder): Promise<CostAnswer> {
  const child = fork(built('src/app/cost-worker.js'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  // Who has died does not hear it: without the callback, that would be an error nobody handles.
  child.send(order, () => undefined);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [CostAnswer | number | null];
  await ended;
  return typeof answer === 'object' && answer !== null ? answer : { fault: DIED };
}
