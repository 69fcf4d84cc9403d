/**
 * Hands requests to the scoring threads and settles them: each thread has a ring, each request in flight a slot.
 *
 *   submit ─► slot filled, pushed into the shortest ring ─► a worker takes what has come, answers, counts it as done
 *                                                              │
 *   request settled, slot free again ◄─ end of this turn of the event loop, or a message when there is none
 *
 * There is no timer between a request and its answer: a batch is what came while its worker was busy. Everything is bounded:
 * requests in the engine, and the time a request may wait. Who cannot be served in time is told so at once and answers from
 * the next rung.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { LANES, STATUS_COLD, STATUS_NO_HISTORY, STATUS_PERSONAL } from '../../assembly/layout.js';
import { workerDeaths, type Miss, type ScoredTier } from '../core/channels.js';
import { policyNames } from './policy.js';
import type { ScoringPool } from './pool.js';
import type { PointerName, Resident, Residents } from './residents.js';
import { RING_CAPACITY, ringProducer, type RingProducer } from './ring.js';
import {
  SLOT_BODY,
  SLOT_BODY_BYTES,
  SLOT_BYTES,
  SLOT_MODEL,
  SLOT_POLICY,
  SLOT_STATUS,
  SLOT_USER,
  SLOT_VIEW,
} from './slots.js';
import { viewsOf } from './views.js';

/** Where a request goes: which model, seen through which policy. */
export interface Route {
  readonly pointer: PointerName;
  readonly policy: string;
}

/** What answered. */
export type Served = Pick<Resident, 'version' | 'overlay'>;

export interface EngineRequest {
  readonly user: number;
  /** Called exactly once. The body lies in shared memory and is valid only during the call. */
  answered(tier: ScoredTier, body: Uint8Array, by: Served): void;
  /** Called exactly once instead, when the engine has no answer. */
  missed(miss: Miss): void;
}

/** Addresses of what one scoring thread owns. */
export interface Station {
  readonly ring: number;
  readonly slab: number;
  readonly slabIndex: number;
}

export interface DispatcherOptions {
  readonly memory: WebAssembly.Memory;
  readonly pool: ScoringPool;
  readonly residents: Pick<Residents, 'get' | 'hold' | 'release'>;
  readonly stations: readonly Station[];
  /** Address of SLOTS_BYTES. */
  readonly slots: number;
  readonly deadlineMs: number;
}

export interface Dispatcher {
  submit(route: Route, request: EngineRequest): void;
  /** Requests whose slots are in use. */
  pending(): number;
  /** Resolves when every thread waits for work. */
  started(): Promise<void>;
  /** Lets the threads end after what they have. */
  stop(): void;
}

/** Beyond as many requests in flight waiting costs more than it brings; a ring has room for all of them. */
const PENDING_MAX = RING_CAPACITY;
export const SLOTS_BYTES = PENDING_MAX * SLOT_BYTES;
/** Weight of the newest settled request in the running mean of the time that a request takes. */
const SMOOTHING = 0.1;
/** Before a thread that could not even start is tried again. */
const RESTART_MS = 100;

interface Pending {
  readonly request: EngineRequest;
  readonly resident: Resident;
  readonly slot: number;
  readonly since: number;
  /** Requests before it in its ring when it came. */
  readonly ahead: number;
  settled: boolean;
}

/** The main thread's side of a station. */
interface Queue {
  readonly station: Station;
  readonly ring: RingProducer;
  /** In the order of the ring; those before `settled` are gone. */
  pending: Pending[];
  /** The position in the ring of the first pending one. */
  settled: number;
  /** Its worker takes from the ring. */
  serving: boolean;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { memory, pool, residents, stations, deadlineMs } = options;
  const free = Array.from({ length: PENDING_MAX }, (_, i) => options.slots + i * SLOT_BYTES);
  const queues = stations.map((station): Queue => ({
    ...{ station, ring: ringProducer(memory, station.ring) },
    ...{ pending: [], settled: 0, serving: false },
  }));
  let views = viewsOf(memory);
  let msPerRequest = 0;
  let scheduled = false;
  let stopping = false;
  let watch: NodeJS.Timeout | undefined;

  const pending = (): number => PENDING_MAX - free.length;

  function miss(entry: Pending, reason: Miss): void {
    if (entry.settled) return;
    entry.settled = true;
    entry.request.missed(reason);
  }

  function answer({ slot, request, resident }: Pending): void {
    const { u8, u32 } = views;
    const status = u32[(slot + SLOT_STATUS) >>> 2];
    const bytes = u32[(slot + SLOT_BODY_BYTES) >>> 2]!;
    const tier = status === STATUS_PERSONAL ? 'personal' : status === STATUS_COLD ? 'cold' : undefined;
    if (tier !== undefined && bytes > 0) {
      const body = slot + SLOT_BODY;
      request.answered(tier, u8.subarray(body, body + bytes), resident);
    } else request.missed(status === STATUS_NO_HISTORY ? 'no-history' : 'unsolved');
  }

  /** Takes back what a request had; its slot is the next to be used, for it is in the caches. */
  function release(entry: Pending): void {
    residents.release(entry.resident);
    free.push(entry.slot);
  }

  /** Settles what stands before `done` in the ring. */
  function settle(queue: Queue, done: number): void {
    const gone = queue.pending.splice(0, (done - queue.settled) | 0);
    queue.settled = done;
    for (const entry of gone) {
      if (!entry.settled) {
        entry.settled = true;
        answer(entry);
      }
      release(entry);
    }
    const last = gone.at(-1);
    if (last === undefined) return;
    const measured = (performance.now() - last.since) / (last.ahead + 1);
    msPerRequest += (measured - msPerRequest) * SMOOTHING;
  }

  /** Settles what is done, then lets the worker tell of more. */
  function look(queue: Queue): void {
    settle(queue, queue.ring.done());
    if (queue.pending.length > 0) settle(queue, queue.ring.listen());
  }

  function endOfTurn(): void {
    scheduled = false;
    queues.forEach(look);
  }

  /** Settles what has waited too long; its slots stay in use until the worker is through. */
  function sweep(): void {
    const late = performance.now() - deadlineMs;
    for (const queue of queues) {
      // Oldest first.
      for (const entry of queue.pending) {
        if (entry.since > late) break;
        miss(entry, 'deadline');
      }
    }
    if (pending() > 0) return;
    clearInterval(watch);
    watch = undefined;
  }

  function lose(queue: Queue, error: unknown): void {
    settle(queue, queue.ring.done());
    const lost = queue.pending;
    queue.pending = [];
    queue.ring.abandon();
    queue.settled = queue.ring.done();
    workerDeaths.publish({ error, requests: lost.length });
    const scanned = new Set(lost.map(({ resident }) => resident));
    for (const resident of scanned) forgetSeen(resident, queue.station.slabIndex);
    for (const entry of lost) {
      miss(entry, 'worker-died');
      release(entry);
    }
  }

  /** A worker that died within a scan left bits behind that would hide films from the next users of its slab. */
  function forgetSeen({ model, plan }: Resident, slabIndex: number): void {
    for (const { offset, image } of [plan, plan.cold ?? []].flat()) {
      const bytes = LANES * image.blocks * 2;
      const start = model + offset + image.offset.seen + slabIndex * bytes;
      new Uint8Array(memory.buffer, start, bytes).fill(0);
    }
  }

  /** Keeps a worker at the ring of a queue; `ready` is called when the first one is there. */
  async function serve(queue: Queue, ready: () => void): Promise<void> {
    while (!stopping) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', () => {
        queue.serving = true;
        ready();
        look(queue);
      });
      try {
        await pool.run({ ...queue.station, port: port2 }, [port2]);
      } catch (error) {
        const started = queue.serving;
        queue.serving = false;
        lose(queue, error);
        if (!started) await sleep(RESTART_MS);
      } finally {
        port1.close();
      }
    }
  }

  const shortest = (): Queue =>
    queues.reduce((best, queue) => {
      if (queue.serving !== best.serving) return queue.serving ? queue : best;
      return queue.pending.length < best.pending.length ? queue : best;
    });

  const ready = queues.map(
    (queue) =>
      new Promise<void>((resolve) => {
        void serve(queue, resolve);
      }),
  );

  return {
    pending,
    started: async () => {
      await Promise.all(ready);
    },
    stop() {
      stopping = true;
      for (const { ring } of queues) ring.stop();
    },
    submit(route, request) {
      const resident = residents.get(route.pointer);
      if (resident === undefined) {
        request.missed('no-model');
        return;
      }
      const queue = shortest();
      const ahead = queue.pending.length;
      const slot = free.at(-1);
      if (slot === undefined || ahead * msPerRequest > deadlineMs / 2) {
        request.missed('overloaded');
        return;
      }
      free.pop();
      residents.hold(resident);
      views = viewsOf(memory, views);
      views.f64[(slot + SLOT_USER) >>> 3] = request.user;
      views.u32[(slot + SLOT_MODEL) >>> 2] = resident.model;
      views.u32[(slot + SLOT_VIEW) >>> 2] = resident.views.get(route.policy)!;
      views.u32[(slot + SLOT_POLICY) >>> 2] = policyNames.indexOf(route.policy);
      queue.pending.push({ request, resident, slot, since: performance.now(), ahead, settled: false });
      queue.ring.push(slot);
      watch ??= setInterval(sweep, Math.max(1, deadlineMs / 10));
      if (scheduled) return;
      scheduled = true;
      queue.ring.ignore();
      setImmediate(endOfTurn);
    },
  };
}
