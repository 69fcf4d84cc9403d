/** Waits for what may never settle: kafkajs leaves open what it was in the middle of when it was ended. */

import { setTimeout as sleep } from 'node:timers/promises';

/** Until it settles, whichever way, but no longer than `ms`. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const settled = work
    .catch(() => undefined)
    .finally(() => {
      timer.abort();
    });
  await Promise.race([settled, sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
}
