/**
 * The queue of one worker in shared memory: the main thread pushes slots at one end, the worker takes them at the other and
 * answers them in that order.
 *
 *   words of 32 bits
 *   0        1          2          16       17          32 … 32 + CAPACITY
 *   ┌────────┬──────────┬──────────┬────────┬───────────┬─────────────────────┐
 *   │ tail   │ sleeping │ stopping │ done   │ listening │ slots by position   │
 *   └────────┴──────────┴──────────┴────────┴───────────┴─────────────────────┘
 *    pushed                          answered
 *
 * `tail` and `done` are positions: they only count up, wrap around at 2³² and stand in cache lines of their own. Neither side
 * ever waits for the other's lock. Each says before it sleeps that it will, looks once more, and is woken by the other only
 * then: `sleeping` is the worker in Atomics.wait, `listening` the main thread in its event loop.
 */

import type { MessagePort } from 'node:worker_threads';

const TAIL = 0;
const SLEEPING = 1;
const STOPPING = 2;
const DONE = 16;
const LISTENING = 17;
const SLOTS = 32;

/** A power of two. */
export const RING_CAPACITY = 512;
export const RING_BYTES = 4 * (SLOTS + RING_CAPACITY);

const at = (position: number): number => SLOTS + (position & (RING_CAPACITY - 1));
const wordsOf = (memory: WebAssembly.Memory, address: number): Int32Array =>
  new Int32Array(memory.buffer, address, RING_BYTES / 4);

/** The main thread's end. Positions are compared by their difference, `(a - b) | 0`. */
export interface RingProducer {
  /** The address of a slot that is filled. There must be room: at most RING_CAPACITY slots that are not done. */
  push(slot: number): void;
  /** The position before which everything is done. */
  done(): number;
  /** Asks for a message when more is done; returns the same as `done`, looked at after asking. */
  listen(): number;
  /** The main thread is awake and will look by itself. */
  ignore(): void;
  /** Lets the worker end as soon as it has answered everything. */
  stop(): void;
  /** After the death of its worker: whatever was pushed counts as done. */
  abandon(): void;
}

export function ringProducer(memory: WebAssembly.Memory, address: number): RingProducer {
  const words = wordsOf(memory, address);
  let tail = Atomics.load(words, TAIL);

  function wake(): void {
    if (Atomics.load(words, SLEEPING) === 0) return;
    Atomics.store(words, SLEEPING, 0);
    Atomics.notify(words, SLEEPING, 1);
  }

  return {
    push(slot) {
      words[at(tail)] = slot;
      tail = (tail + 1) | 0;
      Atomics.store(words, TAIL, tail);
      wake();
    },
    done: () => Atomics.load(words, DONE),
    listen() {
      Atomics.store(words, LISTENING, 1);
      return Atomics.load(words, DONE);
    },
    ignore: () => void Atomics.store(words, LISTENING, 0),
    stop() {
      Atomics.store(words, STOPPING, 1);
      wake();
    },
    abandon() {
      Atomics.store(words, SLEEPING, 0);
      Atomics.store(words, DONE, tail);
    },
  };
}

/** The worker's end. */
export interface RingConsumer {
  /**
   * The next slots, at most so many and half of what waits: the main thread sends these answers while the worker is at the
   * other half. Sleeps while there are none. None means that the worker is to end.
   */
  take(most: number): number[];
  /** The oldest `count` slots that were taken are answered. */
  finish(count: number): void;
}

/** `port` leads to the main thread. */
export function ringConsumer(memory: WebAssembly.Memory, address: number, port: MessagePort): RingConsumer {
  const words = wordsOf(memory, address);
  let taken = Atomics.load(words, DONE);

  const waiting = (): number => (Atomics.load(words, TAIL) - taken) | 0;
  const stopping = (): boolean => Atomics.load(words, STOPPING) === 1;

  /** A function of its own, so that profiles tell sleep from work. */
  function sleep(): void {
    Atomics.store(words, SLEEPING, 1);
    if (waiting() === 0 && !stopping()) Atomics.wait(words, SLEEPING, 1);
    else Atomics.store(words, SLEEPING, 0);
  }

  return {
    take(most) {
      while (waiting() === 0 && !stopping()) sleep();
      const slots: number[] = [];
      for (let left = Math.min(most, (waiting() + 1) >> 1); left > 0; left--) {
        slots.push(words[at(taken)]! >>> 0);
        taken = (taken + 1) | 0;
      }
      return slots;
    },
    finish(count) {
      Atomics.add(words, DONE, count);
      if (Atomics.exchange(words, LISTENING, 0) === 1) port.postMessage(null);
    },
  };
}
