/** The service's side of the thread that reads what users say of themselves. */

import type { Config } from '../config/load.js';
import type { Fault } from '../core/fault.js';
import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import type { FromProfiler } from './profile-worker.js';
import { startStandingThread } from './standing-thread.js';

export interface Profiling {
  close(): Promise<void>;
}

/** Its commits are small; an index of titles that is being made is not waited for. */
const END_MS = 500;

/** @param onStatus is told, too, when the thread died or ended */
export function startProfiling(config: Config, onStatus: (status: ProfilerStatus) => void): Profiling {
  const onFault = (fault: Fault): void => {
    onStatus({ fault, model: undefined });
  };
  const { close } = startStandingThread<FromProfiler>({
    ...{ file: 'profile-worker', name: 'profiles', config, endMs: END_MS, onFault },
    onMessage: (message) => {
      if (message.kind === 'status') onStatus(message.status);
      else onFault(message.fault);
    },
  });
  return { close };
}
