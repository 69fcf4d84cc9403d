/**
 * Requests that arrive together travel together. There is no timer: a batch is what arrived while the workers were busy, or
 * in the same turn of the event loop when one is free. Only full batches are sent ahead to a busy worker, so that it has work
 * while this thread, under heavy load, takes long to come round.
 *
 *   submit ─► queue of the route ─► (a slab is free) lanes filled, task sent ─► statuses read, requests settled
 *
 * Everything is bounded: requests in the engine, lanes of a batch, and the time a request may wait. Who cannot be served in
 * time is told so at once and answers from the next rung.
 */

import {
  LANE_BODY,
  LANE_BODY_BYTES,
  LANE_STATUS,
  LANE_USER,
  LANES,
  STATUS_NO_HISTORY,
  STATUS_PERSONAL,
  STATUS_WAITING,
} from '../../assembly/layout.js';
import { workerDeaths, type Miss } from '../core/channels.js';
import { laneAddress } from './batch.js';
import type { WorkerPool } from './pool.js';
import type { PointerName, Resident, Residents } from './residents.js';
import { viewsOf } from './views.js';

/** Where a request goes: which model, seen through which policy. Requests of one route share batches; compare by identity. */
export interface Route {
  readonly pointer: PointerName;
  readonly policy: string;
}

export interface EngineRequest {
  readonly user: number;
  /** Called exactly once. The body lies in shared memory and is valid only during the call. */
  personal(body: Uint8Array, version: string): void;
  /** Called exactly once instead, when there is no personal answer. */
  missed(miss: Miss): void;
}

interface Waiting {
  readonly request: EngineRequest;
  readonly since: number;
  settled: boolean;
}

interface Slab {
  readonly address: number;
  readonly index: number;
}

export interface BatcherOptions {
  readonly memory: WebAssembly.Memory;
  readonly pool: WorkerPool;
  readonly residents: Residents;
  readonly workers: number;
  /** BATCHES_AHEAD for each worker. */
  readonly slabs: readonly Slab[];
  readonly deadlineMs: number;
}

export interface Batcher {
  submit(route: Route, request: EngineRequest): void;
  /** Requests that are neither settled nor refused. */
  pending(): number;
}

/** More than a batch for every slab of a large machine; beyond it waiting costs more than it brings. */
const PENDING_MAX = 512;
/** Weight of the newest batch in the running mean of the time a request takes. */
const SMOOTHING = 0.1;

export function createBatcher({ memory, pool, residents, workers, slabs, deadlineMs }: BatcherOptions): Batcher {
  const free: Slab[] = [...slabs];
  const queues = new Map<Route, Waiting[]>();
  const flying = new Set<readonly Waiting[]>();
  let waiting = 0;
  let inFlight = 0;
  let scheduled = false;
  let msPerRequest = 0;
  let watch: NodeJS.Timeout | undefined;
  let views = viewsOf(memory);

  function miss(entry: Waiting, reason: Miss): void {
    if (entry.settled) return;
    entry.settled = true;
    entry.request.missed(reason);
  }

  /** Settles what has waited too long, in the queues and in batches under way. Runs only while something is pending. */
  function sweep(): void {
    const now = performance.now();
    const late = (entry: Waiting): boolean => now - entry.since >= deadlineMs;
    for (const [route, queue] of queues) {
      const kept = queue.filter((entry) => !late(entry));
      waiting -= queue.length - kept.length;
      queues.set(route, kept);
      for (const entry of queue) if (late(entry)) miss(entry, 'deadline');
    }
    for (const batch of flying) for (const entry of batch) if (late(entry)) miss(entry, 'deadline');
    if (waiting + inFlight > 0) return;
    clearInterval(watch);
    watch = undefined;
  }

  function dispatch(): void {
    scheduled = false;
    for (const [route, queue] of queues) {
      while (free.length > 0 && queue.length > 0 && (flying.size < workers || queue.length >= LANES)) {
        const batch = queue.splice(0, LANES);
        waiting -= batch.length;
        const resident = residents.get(route.pointer);
        if (resident === undefined) for (const entry of batch) miss(entry, 'no-model');
        else void fly(batch, resident, route.policy, free.pop()!);
      }
    }
    // The route that came first goes last next time.
    for (const [route, queue] of queues) {
      queues.delete(route);
      queues.set(route, queue);
      break;
    }
  }

  async function fly(batch: readonly Waiting[], resident: Resident, policy: string, slab: Slab): Promise<void> {
    views = viewsOf(memory, views);
    for (const [i, { request }] of batch.entries()) {
      const lane = laneAddress(slab.address, i);
      views.f64[(lane + LANE_USER) >>> 3] = request.user;
      views.u32[(lane + LANE_STATUS) >>> 2] = STATUS_WAITING;
    }
    flying.add(batch);
    inFlight += batch.length;
    residents.hold(resident);
    const started = performance.now();
    try {
      const view = resident.views.get(policy)!;
      const task = { model: resident.model, view, policy, slab: slab.address, slabIndex: slab.index };
      await pool.run({ kind: 'answer', ...task, count: batch.length });
      land(batch, resident.version, slab);
      const measured = (performance.now() - started) / batch.length / flying.size;
      msPerRequest += (measured - msPerRequest) * SMOOTHING;
    } catch (error) {
      workerDeaths.publish({ error, requests: batch.length });
      for (const entry of batch) miss(entry, 'worker-died');
      forgetSeen(resident, slab.index);
    } finally {
      flying.delete(batch);
      inFlight -= batch.length;
      residents.release(resident);
      free.push(slab);
      dispatch();
    }
  }

  function land(batch: readonly Waiting[], version: string, slab: Slab): void {
    for (const [i, entry] of batch.entries()) {
      if (entry.settled) continue;
      const lane = laneAddress(slab.address, i);
      const status = views.u32[(lane + LANE_STATUS) >>> 2]!;
      const bytes = views.u32[(lane + LANE_BODY_BYTES) >>> 2]!;
      if (status !== STATUS_PERSONAL || bytes === 0) {
        miss(entry, status === STATUS_NO_HISTORY ? 'no-history' : 'unsolved');
        continue;
      }
      entry.settled = true;
      entry.request.personal(views.u8.subarray(lane + LANE_BODY, lane + LANE_BODY + bytes), version);
    }
  }

  /** A worker that died within a scan left bits behind that would hide films from the next users of its slab. */
  function forgetSeen({ model, plan }: Resident, slabIndex: number): void {
    const bytes = LANES * plan.image.blocks * 2;
    const start = model + plan.image.offset.seen + slabIndex * bytes;
    new Uint8Array(memory.buffer, start, bytes).fill(0);
  }

  return {
    pending: () => waiting + inFlight,
    submit(route, request) {
      const expected = waiting * msPerRequest;
      if (waiting + inFlight >= PENDING_MAX || expected > deadlineMs / 2) {
        request.missed('overloaded');
        return;
      }
      let queue = queues.get(route);
      if (queue === undefined) queues.set(route, (queue = []));
      queue.push({ request, since: performance.now(), settled: false });
      waiting++;
      watch ??= setInterval(sweep, Math.max(1, deadlineMs / 10));
      if (scheduled || free.length === 0 || (flying.size >= workers && queue.length < LANES)) return;
      scheduled = true;
      setImmediate(dispatch);
    },
  };
}
