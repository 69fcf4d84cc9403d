/**
 * Composition of the profiler: a state, and the language model if one is configured. Its caller has opened the state, and nobody
 * else of this process writes to it: LMDB has one writer at a time, and two threads would wait for each other.
 */

import type { Config } from '../config/load.js';
import { faultOf } from '../core/fault.js';
import { createProfiler, type Profiler, type ProfilerParts } from '../ingest/profile/profiler.js';
import { failure } from '../text/llm/failure.js';
import { failingReader } from '../text/llm/llm-reader.js';
import { openLlm } from './llm.js';

/** Where the model's store does not open, all others are read all the same, and every status says so. */
export function openProfiler(config: Config, { state, onStatus }: Pick<ProfilerParts, 'state' | 'onStatus'>): Profiler {
  const opened = openLlm(config);
  if (!opened.ok) {
    const fault = faultOf(opened.error);
    return createProfiler({
      state,
      onStatus: (status) => {
        onStatus({ ...status, fault: status.fault ?? fault });
      },
      // Of the same name, or everybody would be read anew, as if the model had been switched off.
      model: { name: config.llmModel!, reader: failingReader(failure('storage-failed', fault.message)) },
      seed: config.seed,
    });
  }
  const llm = opened.value;
  const profiler = createProfiler({ state, onStatus, model: llm, seed: config.seed });
  return {
    ...profiler,
    run: async () => {
      const ended = await profiler.run();
      await llm?.close();
      return ended;
    },
  };
}
