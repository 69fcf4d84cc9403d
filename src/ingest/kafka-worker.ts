/** The thread that reads a Kafka topic, so that its client decodes while the lines read before are being stored. */

import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { unwrap } from '../core/errors.js';
import { openKafkaSource } from './kafka-source.js';
import { packed, weightOf, type FromReader, type ReadingOrder, type ToReader } from './kafka/messages.js';

/** What may have been sent and not yet been pulled: what is read while the largest commit is written. */
const AHEAD_MAX = 16 * 1024 * 1024;

assert(parentPort !== null);
const port = parentPort;
const { address, timings, ...options } = workerData as ReadingOrder;
const source = unwrap(await openKafkaSource(address, options, timings));

let ahead = 0;
let resume: (() => void) | undefined;

port.on('message', (message: ToReader) => {
  switch (message.kind) {
    case 'taken':
      ahead -= message.weight;
      if (ahead < AHEAD_MAX) resume?.();
      break;
    case 'committed':
      source.committed(message.positions);
      break;
    case 'close':
      // kafkajs may have left something open: nothing of it is waited for.
      void source.close().then(() => process.exit());
  }
});

for (let ended = false; !ended;) {
  const event = await source.pull();
  ended = event.kind === 'end';
  // Only who has everything else is told that there is nothing new.
  if (event.kind === 'idle' && ahead > 0) continue;
  const weight = weightOf(event);
  const { event: plain, transfer } = packed(event);
  const news: FromReader = { event: plain, weight, given: source.given(), lag: source.lag() };
  port.postMessage(news, transfer);
  ahead += weight;
  if (ahead >= AHEAD_MAX) await new Promise<void>((resolve) => (resume = resolve));
}
