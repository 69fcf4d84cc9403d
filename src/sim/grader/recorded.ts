/**
 * Answers of a run in a file, a JSON line for each ask in the order of asking, and a recommender that gives them again: the
 * same run comes out byte for byte, latencies included.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { MatineeError, succeed, type Result } from '../../core/errors.js';
import { wholeLines } from '../log/whole-lines.js';
import type { Answer, Recommender } from './grader.js';

const record = z.object({
  user: z.string(),
  status: z.literal([200, 400, 500, 0]),
  films: z.array(z.int().nonnegative()),
  result: z.string(),
  latencyMs: z.int().nonnegative(),
  model: z.string().optional(),
  tier: z.string().optional(),
});

/** Asks `inner` and writes down what it says; a file that exists begins anew. Errors: storage-failed, also of an ask. */
export function recordingRecommender(inner: Recommender, path: string): Result<Recommender> {
  let file: number;
  try {
    file = openSync(path, 'w');
  } catch (cause) {
    return { ok: false, error: notWritten(path, cause) };
  }
  /** Settles when the asks so far are written. */
  let written = Promise.resolve();

  async function writeBehind(before: Promise<void>, user: string, asked: Promise<Answer>): Promise<void> {
    const answer = await asked;
    await before;
    try {
      writeSync(file, `${JSON.stringify({ user, ...answer })}\n`);
    } catch (cause) {
      throw notWritten(path, cause);
    }
  }

  return succeed({
    ask: async (user) => {
      const asked = inner.ask(user);
      const mine = writeBehind(written, user, asked);
      written = mine;
      await mine;
      return asked;
    },
    close: async () => {
      await written.catch(() => undefined);
      closeSync(file);
      await inner.close();
    },
  });
}

const notWritten = (path: string, cause: unknown): MatineeError =>
  new MatineeError('storage-failed', `cannot write recorded answers to ${path} (${(cause as Error).message})`, {
    hint: 'Name a file in a folder that is writable and whose disk has room.',
    fields: { path },
    cause,
  });

/**
 * Gives the recorded answers in their order. An ask rejects with a MatineeError when it is not the one that was recorded
 * (format-invalid), or when there are no more (data-missing): the run is another one then. Also file-unreadable.
 */
export function recordedRecommender(path: string): Recommender {
  // A generator takes turns by itself when it is asked again before it has answered.
  const records = recordsIn(path);
  return {
    ask: async (user) => {
      const { value } = await records.next();
      if (value === undefined) {
        throw new MatineeError('data-missing', `${path} holds no more answers, and user '${user}' asks`, {
          hint: 'Record a run that is as long as this one.',
          fields: { path },
        });
      }
      const { line, user: recorded, ...answer } = value;
      if (recorded === user) return answer;
      throw new MatineeError('format-invalid', `${path}:${line} answers user '${recorded}', and user '${user}' asks`, {
        hint: 'Run with the seed and options with which the answers were recorded.',
        fields: { path, line },
      });
    },
    close: async () => {
      await records.return(undefined);
    },
  };
}

type Recorded = Answer & { readonly user: string; readonly line: number };

async function* recordsIn(path: string): AsyncGenerator<Recorded, undefined, undefined> {
  let line = 0;
  try {
    for await (const lines of wholeLines([path])) {
      for (const text of lines.toString().trimEnd().split('\n')) {
        line++;
        const { model, tier, ...rest } = record.parse(JSON.parse(text));
        yield { ...rest, line, model, tier };
      }
    }
  } catch (cause) {
    if (cause instanceof MatineeError) throw cause;
    throw new MatineeError('format-invalid', `${path}:${line} is not a recorded answer`, {
      hint: 'Give a file that a run recorded.',
      fields: { path, line },
      cause,
    });
  }
  return undefined;
}
