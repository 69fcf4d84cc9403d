/** Ends a worker thread in the orderly way: it is asked, and waited for, though not for ever. */

import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';

/** A thread that has not ended `withinMs` after it was told `request` is terminated. One that has ended already is left alone. */
export async function endThread(thread: Worker, request: unknown, withinMs: number): Promise<void> {
  if (thread.threadId === -1) return;
  const ended = once(thread, 'exit');
  thread.postMessage(request);
  const timer = setTimeout(() => void thread.terminate(), withinMs);
  await ended;
  clearTimeout(timer);
}
