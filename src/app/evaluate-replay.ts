/** Composition of the protocol `replay`: whether popularity that forgets serves better, and after how many interactions it should. */

import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { replayOf, type Replay } from '../evaluate/replay/replay.js';
import { replayText } from '../evaluate/replay/replay-text.js';
import { asJson, writeRunFolder, type RunFolder } from '../evaluate/run-folder.js';
import { signalOf, type Signal } from '../evaluate/signal/signal.js';
import { popularity } from './contenders.js';
import { dataInputs, inputsOf, readMeasuredData, runsFolderOf } from './runs.js';

export interface ReplayRequest {
  /** An id, `newest`, or a path; absent: one of the state as it is now. */
  readonly snapshot?: string;
  readonly onProgress: OnProgress;
}

export interface Replayed extends Replay {
  readonly protocol: 'replay';
  /** Whether the log holds taste at all. */
  readonly signal: Signal;
  readonly run: RunFolder;
}

/** Errors: those of the snapshot and of `writeRunFolder`; data-missing, where too little has a time. */
export async function evaluateReplay(config: Config, request: ReplayRequest): Promise<Result<Replayed>> {
  const data = await readMeasuredData(config, request);
  if (!data.ok) return data;
  const { interactions } = data.value;
  const replay = replayOf(interactions, config.seed);
  if (replay === undefined) {
    return fail('data-missing', 'too few interactions have a time to be replayed', {
      hint: 'The first 5,000 are only learned from: import more data, or choose another protocol.',
    });
  }
  const signal = signalOf(interactions, config.seed);
  const asked = { protocol: 'replay', ...(await inputsOf(config, dataInputs(data.value), [popularity])) };
  const run = writeRunFolder(runsFolderOf(config), 'evaluate', asked, {
    'report.json': asJson({ ...replay, signal }),
    'report.md': `# Evaluation\n\n${replayText(replay, signal)}\n`,
  });
  return run.ok ? succeed({ protocol: 'replay', ...replay, signal, run: run.value }) : run;
}
