/** The newest status of the reading of what users say of themselves; what is in its way, or the model's, goes into the log, once. */

import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import type { Logger } from '../observe/log.js';

export interface ProfilesNews {
  /** Undefined until its reader has said something. */
  status(): ProfilerStatus | undefined;
  take(next: ProfilerStatus): void;
}

export function profilesNews(log: Logger): ProfilesNews {
  let status: ProfilerStatus | undefined;
  return {
    status: () => status,
    take: (next) => {
      const { fault } = next;
      if (fault?.message !== status?.fault?.message) {
        if (fault === undefined) log.info('what users say of themselves is read again');
        else log.error({ fault }, 'what users say of themselves cannot be read');
      }
      const { failure: before } = status?.model ?? {};
      const { failure } = next.model ?? { failure: before };
      if (failure?.code !== before?.code) {
        if (failure === undefined) log.info('the language model answers again');
        else log.warn({ failure }, 'the language model does not answer');
      }
      status = next;
    },
  };
}
