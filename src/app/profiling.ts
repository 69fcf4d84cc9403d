/** The service's side of the thread that reads what users say of themselves. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { errorOf, type Fault } from '../core/fault.js';
import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import type { FromProfiler, ToProfiler } from './profile-worker.js';
import { startStandingThread } from './standing-thread.js';

export interface Profiling {
  /** Undefined until the thread has said something. */
  status(): ProfilerStatus | undefined;
  /** Everybody is read who waits for it; with a language model, by it too unless it fails. Then the thread ends. */
  drain(): Promise<Result<void>>;
  close(): Promise<void>;
}

/** Its commits are small; an index of titles that is being made is not waited for. */
const END_MS = 500;

/** What an index is made with is soon garbage: collected sooner, it takes half the memory. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };

/** @param onFault is told when something comes in the way, and with undefined when it no longer is */
export function startProfiling(config: Config, onFault: (fault: Fault | undefined) => void): Profiling {
  let status: ProfilerStatus | undefined;
  let fault: Fault | undefined;
  let isClosed = false;
  let drained: ((fault: Fault | undefined) => void) | undefined;

  function setFault(next: Fault | undefined): void {
    if (next?.message !== fault?.message) onFault(next);
    fault = next;
  }
  function ended(why: Fault | undefined): void {
    setFault(why);
    drained?.(why);
  }

  const thread = startStandingThread<FromProfiler>({
    ...{ file: 'profile-worker', name: 'profiles', config, endMs: END_MS, limits: LIMITS },
    onMessage: (message) => {
      if (message.kind === 'ended') return ended(message.fault);
      status = message.status;
      setFault(status.fault);
    },
    onFault: ended,
  });

  return {
    status: () => status,
    drain: async () => {
      if (isClosed) return succeed(undefined);
      if (fault !== undefined) return { ok: false, error: errorOf(fault) };
      const end = new Promise<Fault | undefined>((resolve) => (drained = resolve));
      thread.tell('drain' satisfies ToProfiler);
      const why = await end;
      return why === undefined ? succeed(undefined) : { ok: false, error: errorOf(why) };
    },
    close: async () => {
      isClosed = true;
      await thread.close();
      drained?.(undefined);
    },
  };
}
