/**
 * Loaded into the service by `node --expose-gc --import`: lets a soak end one of its threads and collect its garbage, which no
 * operator can. It answers the messages of protocol.ts; in the service's other threads it does nothing.
 */

import { isMainThread, type Worker } from 'node:worker_threads';
import type { Heap, Order } from './protocol.js';

const threads = new Set<Worker>();

function obey(order: Order): void {
  if (order === 'end the oldest thread') {
    const [oldest] = threads;
    void oldest?.terminate();
    return;
  }
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  process.send!({ heapBytes: heapUsed, externalBytes: external } satisfies Heap);
}

if (isMainThread) {
  process.on('worker', (thread) => {
    threads.add(thread);
    thread.once('exit', () => threads.delete(thread));
  });
  process.on('message', obey);
  // The service must end as if nobody listened.
  process.channel!.unref();
}
