/**
 * Composition of the profiler: a state, and the language model if one is configured. Its caller has opened the state, and nobody
 * else of this process writes to it: LMDB has one writer at a time, and two threads would wait for each other.
 */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { createProfiler, type Profiler, type ProfilerParts } from '../ingest/profile/profiler.js';
import { openLlm } from './llm.js';

/** Errors: file-unreadable. */
export function openProfiler(
  config: Config,
  { state, onStatus }: Pick<ProfilerParts, 'state' | 'onStatus'>,
): Result<Profiler> {
  const opened = openLlm(config);
  if (!opened.ok) return opened;
  const llm = opened.value;
  const profiler = createProfiler({ state, onStatus, model: llm, seed: config.seed });
  return succeed({
    ...profiler,
    run: async () => {
      const ended = await profiler.run();
      await llm?.close();
      return ended;
    },
  });
}
