/**
 * Reads a source into the state until it ends or is stopped: lines into a batch, a commit when it is full or its oldest line has
 * waited long enough, look-ups beside it. When the disk does not take a commit, all that is in memory is dropped and reading goes
 * on from what the state has: what was not committed was not acknowledged.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { fail, MatineeError, type Result, succeed } from '../core/errors.js';
import { errorOf, faultOf, type Fault } from '../core/fault.js';
import type { HeldReason } from '../store/held.js';
import { isOutdated } from './refetch.js';
import { createLookupLoop, type ApiStatus, type LookupLoop } from './lookup-loop.js';
import type { ApiClient } from './api-client.js';
import { LogWriter, type LogWriterOptions } from './log/log-writer.js';
import type { ObservedAnswers } from './log/observed.js';
import { heldTally, lineReport, reasonsOfHeld, type LineReport } from './log/outcomes.js';
import type { LineChunk, Source, SourceOptions, StartAt } from './source.js';

/** A line may wait so long for its commit: longer while there is a backlog, where fewer and fuller commits are faster. */
const COMMIT_MS = 100;
const COMMIT_MS_BEHIND = 3000;
const BEHIND_LINES = 20_000;

/** Lines that wait for look-ups at the most: beyond it the source waits, and nothing is lost. */
const UNSETTLED_MAX = 200_000;
/** Lines that are held at all: beyond it, the oldest are given up. Only what nobody is asked about can come to so many. */
const HELD_MAX = 2 * UNSETTLED_MAX;
const LOOKED_UP: readonly HeldReason[] = ['film-unknown', 'user-unknown'];
const GIVEN_UP = HELD_MAX / 20;
/** After the end of the log, look-ups that fail are not waited for any longer than this. */
const SETTLE_MS = 10_000;
/** Lines ahead of our clock are looked at again so often. */
const CLOCK_MS = 60_000;
/** Films are looked through so often for what the API told of too long ago. */
const REFETCH_MS = 3_600_000;
const RETRY_MS = 1000;

export interface IngesterParts extends Omit<LogWriterOptions, 'topic' | 'asksUsers'> {
  readonly open: (options: SourceOptions) => Promise<Result<Source>>;
  readonly from: StartAt;
  readonly untilEnd: boolean;
  readonly filmApi: ApiClient | undefined;
  readonly userApi: ApiClient | undefined;
  readonly seed: number;
  /** Called after every commit, and whenever something is in the way or no longer is. */
  readonly onStatus: (status: IngestStatus) => void;
}

export interface Gap {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

export interface IngestStatus {
  /** What is in the way now; undefined when nothing is. */
  readonly fault: Fault | undefined;
  /** Everything the source has is in the state, or will be with the next commit. */
  readonly caughtUp: boolean;
  readonly lag: ReadonlyMap<number, number>;
  /** Time of the newest line that is in the state, ms since 1970. */
  readonly newestMs: number;
  /** Of this run: all lines since the state began are counted in the state. */
  readonly lines: LineReport;
  /** What the log says of our answers; undefined until it has been opened. */
  readonly observed: ObservedAnswers | undefined;
  /** Lines that the source had lost before they were read. */
  readonly gaps: readonly Gap[];
  readonly apis: readonly ApiStatus[];
}

export interface Ingester {
  /** Ends with the log (`untilEnd`), after `stop`, or with what no waiting can mend. */
  run(): Promise<Result<IngestStatus>>;
  /** Commits what was read and ends the run. */
  stop(): void;
}

export function createIngester(parts: IngesterParts): Ingester {
  const run = new Run(parts);
  return { run: () => run.run(), stop: () => void (run.stopping = true) };
}

class Run {
  stopping = false;
  readonly #parts: IngesterParts;
  readonly #before: (name: string) => number;
  readonly #gaps: Gap[] = [];
  #source: Source | undefined;
  #writer: LogWriter | undefined;
  #lookups: LookupLoop;
  #fault: Fault | undefined;
  #oldestMs = 0;
  #clockMs = 0;
  #refetchMs = 0;
  #ended = false;

  constructor(parts: IngesterParts) {
    this.#parts = parts;
    const before = new Map(parts.state.lines.all());
    this.#before = (name) => before.get(name) ?? 0;
    const { filmApi: film, userApi: user, seed, state } = parts;
    this.#lookups = createLookupLoop({
      ...{ film, user, seed, lookups: state.lookups },
      onSettled: (kind, outcome) => this.#writer!.settle(kind, outcome, Date.now()),
    });
  }

  async run(): Promise<Result<IngestStatus>> {
    try {
      while (!this.#ended) {
        const session = await this.#session();
        if (!session.ok) return session;
      }
      // The end was reached, but not of everything: what is in the way is in the way still.
      const { untilEnd } = this.#parts;
      if (untilEnd && !this.stopping && this.#fault !== undefined) {
        return { ok: false, error: errorOf(this.#fault) };
      }
      return succeed(this.#status());
    } catch (error) {
      if (error instanceof MatineeError) return { ok: false, error };
      throw error;
    } finally {
      await this.#lookups.close();
    }
  }

  /** From opening the source to its end, or until the disk refuses. */
  async #session(): Promise<Result<void>> {
    const { open, from, untilEnd, state } = this.#parts;
    const positions = new Map(Array.from(state.partitions.all(), ([partition, { next }]) => [partition, next]));
    const opened = await open({ from, untilEnd, positions });
    if (!opened.ok) return opened;
    const source = (this.#source = opened.value);
    const topic = state.meta.topic() ?? source.topic;
    if (topic !== source.topic) {
      await source.close();
      return fail('usage', `this state was read from ${topic}, and ${source.topic} is another log`, {
        hint: 'One state, one log: give the other one a data directory of its own.',
      });
    }
    try {
      const { quarantine, zoneMs, scale, userApi } = this.#parts;
      const asksUsers = userApi !== undefined;
      this.#writer = new LogWriter({ state, quarantine, zoneMs, scale, asksUsers, topic: source.topic });
      await this.#read(source);
    } catch (error) {
      if (!(error instanceof MatineeError) || error.code !== 'storage-failed') throw error;
      this.#setFault(error);
      await sleep(RETRY_MS);
      this.#ended = this.stopping;
    } finally {
      await source.close();
    }
    return succeed(undefined);
  }

  async #read(source: Source): Promise<void> {
    while (!this.stopping) {
      this.#lookups.turn(Date.now());
      this.#tidy(Date.now());
      while (this.#writer!.hasReady || this.#lookups.waiting() > 0) this.#commit();
      if (this.#asks() && this.#heldLines(LOOKED_UP) > UNSETTLED_MAX) {
        await Promise.race([this.#lookups.answered(), sleep(COMMIT_MS)]);
        continue;
      }
      const event = await source.pull();
      if (event.kind === 'lines') await this.#take(event.chunk);
      else if (event.kind === 'gap') this.#gaps.push(event);
      else if (event.kind === 'fault') this.#setFault(event.error);
      else if (event.kind === 'recovered') this.#setFault(undefined);
      else if (event.kind === 'end') break;
      if (event.kind === 'idle' || this.#isDue()) this.#commit();
    }
    this.#commit();
    if (!this.stopping) await this.#settleAll();
    this.#ended = true;
  }

  async #take(chunk: LineChunk): Promise<void> {
    for (let from = 0; from < chunk.count;) {
      const now = Date.now();
      if (this.#writer!.pending === 0) this.#oldestMs = now;
      from = this.#writer!.take(chunk, from, now);
      if (from === chunk.count) break;
      this.#commit();
      // A full batch came without a pause: let answers and signals in.
      await new Promise(setImmediate);
    }
  }

  #isDue(): boolean {
    if (this.#writer!.pending === 0) return false;
    return Date.now() - this.#oldestMs >= (this.#isBehind() ? COMMIT_MS_BEHIND : COMMIT_MS);
  }

  #isBehind(): boolean {
    for (const lines of this.#source!.lag().values()) if (lines > BEHIND_LINES) return true;
    return false;
  }

  #commit(): void {
    const writer = this.#writer!;
    if (writer.pending === 0 && !writer.hasReady && this.#lookups.waiting() === 0) return;
    const now = Date.now();
    writer.commit(now, () => {
      this.#lookups.apply(now);
    });
    this.#source!.committed(writer.positions);
    if (this.#heldLines(reasonsOfHeld) > HELD_MAX) writer.giveUp(GIVEN_UP);
    if (this.#fault?.code === 'storage-failed') this.#fault = undefined;
    this.#parts.onStatus(this.#status());
  }

  /** After the end of the log: what the look-ups still have to say, unless they cannot say it. */
  async #settleAll(): Promise<void> {
    let failingSince = Date.now();
    while (!this.stopping && this.#lookups.busy(Date.now())) {
      this.#lookups.turn(Date.now());
      await Promise.race([this.#lookups.answered(), sleep(COMMIT_MS)]);
      do this.#commit();
      while (this.#writer!.hasReady);
      const now = Date.now();
      if (this.#lookups.status().every(({ healthy }) => healthy)) failingSince = now;
      if (now - failingSince > SETTLE_MS) break;
    }
  }

  /** What only the passing of time changes. */
  #tidy(now: number): void {
    if (now - this.#clockMs >= CLOCK_MS) {
      this.#clockMs = now;
      this.#writer!.lookAtClock();
    }
    if (this.#parts.filmApi === undefined || now - this.#refetchMs < REFETCH_MS) return;
    this.#refetchMs = now;
    const { state } = this.#parts;
    const outdated: string[] = [];
    for (const [, { id, lookedUpMs }] of state.films.all()) if (isOutdated('film', lookedUpMs, now)) outdated.push(id);
    state.transaction(() => {
      for (const id of outdated) state.lookups.want('film', id, now, 'again');
    });
  }

  #asks(): boolean {
    return this.#parts.filmApi !== undefined || this.#parts.userApi !== undefined;
  }

  #heldLines(reasons: readonly HeldReason[]): number {
    return reasons.reduce((sum, reason) => sum + this.#parts.state.lines.get(heldTally(reason)), 0);
  }

  #setFault(fault: MatineeError | undefined): void {
    this.#fault = fault && faultOf(fault);
    this.#parts.onStatus(this.#status());
  }

  #status(): IngestStatus {
    const { state } = this.#parts;
    const lag = this.#source?.lag() ?? new Map<number, number>();
    const newestMs = state.partitions.newestMs();
    return {
      ...{ fault: this.#fault, lag, newestMs, gaps: this.#gaps, apis: this.#lookups.status() },
      observed: this.#writer?.observed.at(newestMs),
      caughtUp: this.#fault === undefined && [...lag.values()].every((lines) => lines === 0),
      lines: lineReport((name) => state.lines.get(name) - this.#before(name)),
    };
  }
}
