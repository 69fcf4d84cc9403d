/** The ring between main thread and worker, both ends on one thread: order, room, wrap-around, who is told when. */

import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { RING_BYTES, RING_CAPACITY, ringConsumer, ringProducer } from '../../src/engine/ring.js';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** Both ends of a ring whose positions start at `start`. */
function openRing(start = 0) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const address = 64;
  const words = new Int32Array(memory.buffer, address, RING_BYTES / 4);
  words[0] = start; // pushed
  words[16] = start; // done
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  let messages = 0;
  port1.on('message', () => messages++);
  return {
    producer: ringProducer(memory, address),
    consumer: ringConsumer(memory, address, port2),
    messages: async () => {
      // Messages between ports of one thread need a turn or two.
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      return messages;
    },
  };
}

/** So many pushed, taken or finished; more than there are is as many as there are. */
const step = fc.tuple(fc.constantFrom('push', 'take', 'finish'), fc.integer({ min: 1, max: 70 }));

describe('ring', () => {
  it('gives every slot once, in order, and counts what is done, around the end of numbers as well', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 2 ** 31 - 100, -100), fc.array(step, { maxLength: 200 }), (start, steps) => {
        const { producer, consumer } = openRing(start);
        const pushed: number[] = [];
        const taken: number[] = [];
        let finished = 0;
        for (const [action, amount] of steps) {
          if (action === 'push') {
            const room = RING_CAPACITY - (pushed.length - finished);
            for (let i = 0; i < Math.min(amount, room); i++) {
              const slot = (pushed.length * 2654435761) >>> 0;
              producer.push(slot);
              pushed.push(slot);
            }
          } else if (action === 'take' && taken.length < pushed.length) {
            taken.push(...consumer.take(amount));
          } else if (action === 'finish') {
            const count = Math.min(amount, taken.length - finished);
            consumer.finish(count);
            finished += count;
          }
          expect((producer.done() - start) | 0).toBe(finished);
        }
        expect(taken).toEqual(pushed.slice(0, taken.length));
      }),
    );
  });

  it('sends a message only to who listens, and one only', async () => {
    const { producer, consumer, messages } = openRing();
    for (let slot = 0; slot < 4; slot++) producer.push(slot);
    consumer.take(1);
    consumer.finish(1);
    expect(await messages()).toBe(0);
    expect(producer.listen()).toBe(1);
    consumer.take(2);
    consumer.finish(1);
    consumer.finish(1);
    expect(await messages()).toBe(1);
    producer.listen();
    producer.ignore();
    consumer.take(1);
    consumer.finish(1);
    expect(await messages()).toBe(1);
    expect(producer.done()).toBe(4);
  });

  it('hands out what was pushed before it ends, then nothing', () => {
    const { producer, consumer } = openRing();
    producer.push(7);
    producer.stop();
    expect(consumer.take(10)).toEqual([7]);
    expect(consumer.take(10)).toEqual([]);
  });

  it('counts everything as done when its worker is given up', () => {
    const { producer, consumer } = openRing();
    for (let slot = 0; slot < 5; slot++) producer.push(slot);
    consumer.take(2);
    producer.abandon();
    expect(producer.done()).toBe(5);
  });
});
