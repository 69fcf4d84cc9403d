/**
 * Asks the look-up APIs for what stands in the queue, beside the ingest and never in its way:
 *
 *   1. `turn` starts a request to each API that has none in flight, is not paused, and has ids due;
 *   2. its answer waits in memory, the ids stay in the queue;
 *   3. `apply` settles what came in, inside the ingest's own transaction. If that fails, the ids are simply asked for again.
 */

import type { LookupKind, Lookups } from '../store/lookups.js';
import { lookupLanes, type LookupLane } from '../store/lookup-codec.js';
import { LIST_IDS_MAX, listsOf, type ApiClient } from './api-client.js';
import { backOff, type BackOff } from './back-off.js';
import type { LookupFailure, LookupOutcome } from './lookup-outcome.js';

/** Answers of one API that may wait to be applied; beyond it no more is asked. */
const WAITING_MAX = 10;

export interface LookupLoopOptions {
  readonly film?: ApiClient | undefined;
  readonly user?: ApiClient | undefined;
  readonly lookups: Lookups;
  /** Of the jitter. */
  readonly seed: number;
  /** Called by `apply` once for each answer; puts what was found, releases or rejects what was held. */
  readonly onSettled: (kind: LookupKind, outcome: LookupOutcome) => void;
}

export interface ApiStatus {
  readonly kind: LookupKind;
  /** No failure since the last good answer. */
  readonly healthy: boolean;
  readonly lastFailure: (LookupFailure & { readonly atMs: number }) | undefined;
  /** Requests so far, by HTTP status or failure. */
  readonly requests: ReadonlyMap<string, number>;
  /** Ids in the queue. */
  readonly queued: number;
}

export interface LookupLoop {
  /** Starts what may be started; returns at once. To be called in every turn of the ingest, outside its transaction. */
  turn(nowMs: number): void;
  /** Answers that wait for `apply`. */
  waiting(): number;
  /** Settles what came in. To be called inside a transaction. */
  apply(nowMs: number): void;
  /** The next answer to come, or at once when no request is in flight. */
  answered(): Promise<void>;
  /** Something is in flight, waits to be applied, or is due. */
  busy(nowMs: number): boolean;
  status(): readonly ApiStatus[];
  /** Ends the requests in flight; what they were about is asked for after the next start. */
  close(): Promise<void>;
}

interface Answer {
  readonly ids: readonly string[];
  readonly outcome: LookupOutcome;
}

/** One API as the loop sees it. */
interface Side {
  readonly client: ApiClient;
  readonly backOff: BackOff;
  /** Lists and ids asked for alone take turns, so that neither holds up the other. */
  lastLane: LookupLane;
  inFlight: Promise<void> | undefined;
  /** In flight, or answered and not applied yet: still due by the queue, not to be asked for twice. */
  readonly taken: Set<string>;
  readonly answers: Answer[];
  /** Of the last request; its pause is not measured yet. */
  unseen: LookupFailure | undefined;
  pausedUntilMs: number;
  healthy: boolean;
  lastFailure: ApiStatus['lastFailure'];
}

export function createLookupLoop({ film, user, lookups, seed, onSettled }: LookupLoopOptions): LookupLoop {
  const clients = [film, user].filter((client) => client !== undefined);
  const sides = clients.map((client, index) => newSide(client, seed + index));
  const inFlight = (): Promise<void>[] => sides.flatMap((side) => side.inFlight ?? []);

  const nextIds = (side: Side, nowMs: number): readonly string[] => {
    const { client, taken, lastLane, healthy, lastFailure } = side;
    const lanes: readonly LookupLane[] = lastLane === 'alone' ? ['new', 'alone', 'again'] : ['alone', 'new', 'again'];
    // An API that fails is probed with one id: else an outage would make every id of the queue suspect.
    const isProbe = !healthy && mayBeTheirFault(lastFailure);
    for (const lane of lanes) {
      const limit = lane === 'alone' || isProbe ? 1 : LIST_IDS_MAX;
      const due = lookups.due(client.kind, lane, nowMs, limit + taken.size).filter((id) => !taken.has(id));
      if (due.length === 0) continue;
      side.lastLane = lane;
      return listsOf(due.slice(0, limit))[0]!;
    }
    return [];
  };

  const settle = ({ client: { kind } }: Side, { ids, outcome }: Answer, nowMs: number): void => {
    for (const id of outcome.found.keys()) lookups.settled(kind, id, 'found', nowMs);
    for (const id of outcome.missing) lookups.settled(kind, id, 'missing', nowMs);
    for (const id of outcome.open) {
      if (outcome.failure === undefined && ids.length > 1) lookups.askAlone(kind, id, nowMs);
      else if (mayBeTheirFault(outcome.failure)) lookups.postpone(kind, id, nowMs);
    }
    onSettled(kind, outcome);
  };

  return {
    turn: (nowMs) => {
      for (const side of sides) {
        takeNoteOfFailure(side, nowMs);
        if (side.inFlight !== undefined || nowMs < side.pausedUntilMs || side.answers.length >= WAITING_MAX) continue;
        const ids = nextIds(side, nowMs);
        if (ids.length > 0) side.inFlight = ask(side, ids);
      }
    },
    waiting: () => sides.reduce((sum, { answers }) => sum + answers.length, 0),
    apply: (nowMs) => {
      for (const side of sides) {
        const answers = side.answers.splice(0);
        // Whatever becomes of the transaction, and wherever it stops: what it does not settle may be asked for again.
        for (const { ids } of answers) for (const id of ids) side.taken.delete(id);
        for (const answer of answers) settle(side, answer, nowMs);
      }
    },
    answered: async () => {
      const requests = inFlight();
      if (requests.length > 0) await Promise.race(requests);
    },
    busy: (nowMs) =>
      sides.some(
        (side) => side.inFlight !== undefined || side.answers.length > 0 || hasDue(lookups, side.client.kind, nowMs),
      ),
    status: () =>
      sides.map(({ client, healthy, lastFailure }) => ({
        ...{ kind: client.kind, healthy, lastFailure },
        ...{ requests: client.requests(), queued: lookups.count(client.kind) },
      })),
    close: async () => {
      for (const { client } of sides) client.close();
      await Promise.all(inFlight());
    },
  };
}

const newSide = (client: ApiClient, seed: number): Side => ({
  client,
  backOff: backOff(seed),
  lastLane: 'new',
  inFlight: undefined,
  taken: new Set(),
  answers: [],
  unseen: undefined,
  pausedUntilMs: 0,
  healthy: true,
  lastFailure: undefined,
});

const hasDue = (lookups: Lookups, kind: LookupKind, nowMs: number): boolean =>
  lookupLanes.some((lane) => lookups.due(kind, lane, nowMs, 1).length > 0);

async function ask(side: Side, ids: readonly string[]): Promise<void> {
  for (const id of ids) side.taken.add(id);
  const outcome = await side.client.look(ids);
  side.answers.push({ ids, outcome });
  side.unseen = outcome.failure;
  if (outcome.failure === undefined) {
    side.healthy = true;
    side.backOff.answered();
  }
  side.inFlight = undefined;
}

function takeNoteOfFailure(side: Side, nowMs: number): void {
  if (side.unseen === undefined) return;
  side.lastFailure = { ...side.unseen, atMs: nowMs };
  side.healthy = false;
  side.pausedUntilMs = nowMs + side.backOff.failed(side.unseen.retryAfterMs);
  side.unseen = undefined;
}

/** A busy or absent API would have failed whatever it was asked for. */
const mayBeTheirFault = (failure: LookupFailure | undefined): boolean =>
  failure === undefined || (failure.code !== 'rate-limited' && failure.code !== 'unreachable');
