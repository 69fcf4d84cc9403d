/** The thread that reads what users say of themselves, beside a service that reads no log: else the ingest's thread does. */

import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import { openState } from '../store/state.js';
import { stateFolderOf } from './folders.js';
import { openProfiler } from './profiler.js';
import { standingWork, type Failed } from './standing-work.js';

export type FromProfiler = { readonly kind: 'status'; readonly status: ProfilerStatus } | Failed;

await standingWork(async (config, send: (message: FromProfiler) => void, stopped) => {
  const opened = openState(stateFolderOf(config));
  if (!opened.ok) return opened;
  const state = opened.value;
  const profiler = openProfiler(config, {
    state,
    onStatus: (status) => {
      send({ kind: 'status', status });
    },
  });
  void stopped.then(profiler.stop);
  const ended = await profiler.run();
  await state.close();
  return ended;
});
