/** The truth file: what nobody outside the simulated world knows, a line of JSON each, in the order in which it happens. */

import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { MatineeError } from '../core/errors.js';
import type { FaultTruth } from '../sim/log/spoiler.js';
import type { ActChange } from '../sim/scenario/director.js';
import type { AnswerTruth } from '../sim/site/truth.js';

export interface TruthFile {
  answer(truth: AnswerTruth): void;
  fault(truth: FaultTruth): void;
  act(change: ActChange): void;
  /** Rejects with storage-failed when something could not be written. */
  close(): Promise<void>;
}

/** Rejects with storage-failed. */
export async function openTruthFile(path: string): Promise<TruthFile> {
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw notWritten(path, cause as Error);
  }
  const stream = createWriteStream(path);
  let failed: Error | undefined;
  stream.on('error', (error) => (failed ??= error));
  const write = (line: object): void => void stream.write(`${JSON.stringify(line)}\n`);
  return {
    answer: (truth) => {
      write({ kind: 'answer', ...truth });
    },
    fault: ({ kind: fault, ...where }) => {
      write({ kind: 'fault', fault, ...where });
    },
    act: ({ what, second, act, accounts }) => {
      write({ kind: 'act', what, second, act: act.kind.name, parameters: act.parameters, accounts });
    },
    async close() {
      if (failed === undefined) {
        stream.end();
        await Promise.race([once(stream, 'close'), once(stream, 'error')]).catch(() => undefined);
      }
      if (failed === undefined) return;
      throw notWritten(path, failed);
    },
  };
}

const notWritten = (path: string, cause: Error): MatineeError =>
  new MatineeError('storage-failed', `cannot write the truth file ${path} (${cause.message})`, {
    hint: 'Make the folder writable and see that its disk has room.',
    fields: { path },
    cause,
  });
