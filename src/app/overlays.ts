/** The service's side of the thread that gives new films their rows: what was built stands in the log. */

import type { Config } from '../config/load.js';
import type { Fault } from '../core/fault.js';
import type { Logger } from '../observe/log.js';
import type { FromOverlays } from './overlay-worker.js';
import { startStandingThread } from './standing-thread.js';

export interface Overlays {
  close(): Promise<void>;
}

/** What is being built is not waited for: the next service builds it again. */
const END_MS = 500;

export function startOverlays(config: Config, log: Logger): Overlays {
  const onFault = (fault: Fault): void => {
    log.error({ fault }, 'new films get no rows');
  };
  const { close } = startStandingThread<FromOverlays>({
    ...{ file: 'overlay-worker', name: 'overlays', config, endMs: END_MS, onFault },
    onMessage: (message) => {
      if (message.kind !== 'built') return onFault(message.fault);
      const { version, number, films } = message.overlay;
      if (number > 0) log.info({ version, overlay: number, films: films.length }, 'overlay built');
    },
  });
  return { close };
}
