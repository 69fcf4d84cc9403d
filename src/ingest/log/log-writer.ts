/**
 * Brings lines of the log into the state: they are collected in a batch, and a commit writes what they say together with how far
 * the log has been read, in one transaction. After a commit that threw, this writer knows more than the state: make a new one.
 */

import { MatineeError } from '../../core/errors.js';
import { WAIT_FOR_CLOCK, WAIT_FOR_SCALE, type HeldLine, type PlacedLine } from '../../store/held.js';
import type { LookupKind } from '../../store/lookups.js';
import type { State } from '../../store/state.js';
import type { LookupOutcome } from '../lookup-outcome.js';
import type { Quarantine, RejectedLine } from '../quarantine.js';
import type { LineChunk } from '../source.js';
import { REQUESTS_KEPT_MS } from '../../store/requests.js';
import { Batch, type ListedRequest, type OddLine } from './batch.js';
import { HeldLines, type Viewing } from './held-lines.js';
import { KnownIds } from './known-ids.js';
import { Observed } from './observed.js';
import { acceptedTally, DUPLICATES, observedTally, rejectedTally, type RejectReason } from './outcomes.js';
import { afterRating, learnedScale, type Scale } from './rating-scale.js';
import { chunkFrom } from './replay.js';
import { userGroups } from './user-groups.js';
import { UserLines } from './user-lines.js';
import { Verdicts } from './verdicts.js';
import { NOTHING, VIEWINGS_MAX } from './viewing-table.js';
import { Viewings } from './viewings.js';

export interface LogWriterOptions {
  readonly state: State;
  readonly quarantine: Pick<Quarantine, 'add'>;
  /** Kafka topic or folder name. */
  readonly topic: string;
  /** How far the site's clock stands east of UTC. */
  readonly zoneMs: number;
  /** Undefined: learned from what was seen. */
  readonly scale: Scale | undefined;
  /** Whether a user API says which users exist; without one every well-formed user id is a user. */
  readonly asksUsers: boolean;
}

/**
 * LMDB writes a changed page to a new place and keeps the old one for a later transaction: with many users, commits that touch
 * most of them would double the file. So they are smaller then, and somewhat slower.
 */
const MANY_PAGES = 16_384;
const VIEWINGS_OF_MANY = 16_384;

/** Requests that one commit forgets at the most. */
const FORGET_MAX = 20_000;

export class LogWriter {
  /** What the log says of our answers. */
  readonly observed: Observed;
  readonly #options: LogWriterOptions;
  readonly #verdicts: Verdicts;
  readonly #held: HeldLines;
  readonly #known: KnownIds;
  readonly #batch: Batch;
  readonly #viewings: Viewings;
  readonly #users: UserLines;
  /** Next offset by partition, as the state has it. */
  readonly #positions = new Map<number, number>();
  /** What was waited for and has come: the lines that waited go through the batch again. */
  readonly #ready: string[];
  /** Held lines of each partition that the next commit gives up. */
  #givenUp = 0;

  constructor(options: LogWriterOptions) {
    this.#options = options;
    const { state, topic, zoneMs, asksUsers } = options;
    const verdicts = (this.#verdicts = new Verdicts(topic));
    const held = (this.#held = new HeldLines(state, verdicts));
    const known = (this.#known = new KnownIds({ state, held, verdicts, asksUsers }));
    this.observed = new Observed(state.requests, known.films);
    const batch = (this.#batch = new Batch(known.films, zoneMs));
    const viewings = (this.#viewings = new Viewings({ state, held, verdicts, zoneMs }));
    this.#users = new UserLines({ state, batch, held, verdicts, known, viewings });
    for (const [partition, { next, sinceMs }] of state.partitions.all()) {
      this.#positions.set(partition, next);
      viewings.cover(sinceMs);
    }
    // What had come before the last writer was killed, and the lines had not been settled yet.
    const hasCome = (what: string): boolean => what === WAIT_FOR_SCALE || (isLookedUp(what) && known.hasCome(what));
    this.#ready = [...state.held.waits()].filter(hasCome);
    this.#limitBatch();
  }

  /** Next offset by partition, as the state has it. */
  get positions(): ReadonlyMap<number, number> {
    return this.#positions;
  }

  /** Lines that wait for the next commit. */
  get pending(): number {
    return this.#batch.lines;
  }

  /** Lines that were put aside and can be settled now: another commit is due. */
  get hasReady(): boolean {
    return this.#ready.length > 0;
  }

  /** Takes in the chunk's lines from `from` on; returns where it stopped because a commit is due, or `chunk.count`. */
  take(chunk: LineChunk, from: number, nowMs: number): number {
    const first = Math.max(from, this.#alreadyRead(chunk));
    return first === chunk.count ? first : this.#batch.add(chunk, first, nowMs);
  }

  /** Time has passed: lines that were ahead of our clock may no longer be. */
  lookAtClock(): void {
    this.#ready.push(WAIT_FOR_CLOCK);
  }

  /**
   * Lines of the quarantine go through the batch again with the next commit, and ids that were said not to exist are asked
   * for anew. `lines` are in order of partition, then offset; returns how many of them the batch had room for.
   */
  retry(lines: readonly RejectedLine[], nowMs: number): number {
    const taken = this.#takeAgain(lines, nowMs);
    for (const line of lines.slice(0, taken)) this.#verdicts.count(rejectedTally(line.reason as RejectReason), -1);
    this.#known.asksAgain = true;
    return taken;
  }

  /** Held lines go through the batch again. */
  reconsider(lines: readonly HeldLine[]): void {
    this.#ready.push(...new Set(lines.map(({ waitsFor }) => waitsFor)));
    this.#known.asksAgain = true;
  }

  /** Rejects the `limit` oldest held lines of each partition, to make room. */
  giveUp(limit: number): void {
    this.#givenUp = limit;
  }

  /** What an API said; to be called from within a commit. */
  settle(kind: LookupKind, outcome: LookupOutcome, nowMs: number): void {
    const { found, missing, violations } = outcome;
    this.#options.state.violations.add(kind, { records: found.size, missing: missing.length, violations }, nowMs);
    this.#ready.push(...this.#known.settle(kind, outcome, nowMs));
  }

  /** `applyAnswers` is called first, inside the transaction: it hands in what the look-ups found by `settle`. */
  commit(nowMs: number, applyAnswers: () => void): void {
    const { state, quarantine } = this.#options;
    let newRequests: readonly ListedRequest[] = [];
    state.transaction(() => {
      this.#expectPositions();
      applyAnswers();
      this.#replay(nowMs);
      this.#applyProgress();
      this.#applyGivingUp();
      for (const odd of this.#batch.odd) this.#applyOdd(odd, nowMs);
      const scale = this.#scale();
      for (const rows of userGroups(this.#batch)) this.#users.apply(rows, scale, nowMs);
      newRequests = this.#applyRequests();
      this.#verdicts.count(acceptedTally('watch'), this.#batch.watches);
      this.#verdicts.count(DUPLICATES, this.#batch.duplicates);
      state.hours.add(this.#batch.hours);
      this.#verdicts.write(state, quarantine);
    });
    for (const [partition, { next }] of this.#batch.progress) this.#positions.set(partition, next);
    this.observed.take(newRequests, this.#batch.viewings);
    this.#verdicts.clear();
    this.#batch.clear();
    this.#limitBatch();
    this.#known.asksAgain = false;
    this.#givenUp = 0;
  }

  #limitBatch(): void {
    const isLarge = this.#options.state.histories.pages() > MANY_PAGES;
    this.#batch.viewingsMax = isLarge ? VIEWINGS_OF_MANY : VIEWINGS_MAX;
  }

  /** Lines that the state has already: delivery is at least once. */
  #alreadyRead({ partition, offsets, count }: LineChunk): number {
    const next = this.#batch.progress.get(partition)?.next ?? this.#positions.get(partition) ?? 0;
    let read = 0;
    while (read < count && offsets[read]! < next) read++;
    return read;
  }

  /** Another process that ingests into the same state would count lines twice. */
  #expectPositions(): void {
    const { state, topic } = this.#options;
    if (state.meta.topic() === undefined) state.meta.setTopic(topic);
    for (const partition of this.#batch.progress.keys()) {
      const next = state.partitions.get(partition)?.next;
      if (next === this.#positions.get(partition)) continue;
      throw new MatineeError('state-in-use', `another ingest writes into this state (partition ${partition})`, {
        hint: 'Stop one of the two: a state belongs to one ingest at a time.',
        fields: { partition, expected: this.#positions.get(partition) ?? 0, found: next ?? 0 },
      });
    }
  }

  #replay(nowMs: number): void {
    while (this.#ready.length > 0) {
      const lines = this.#held.waitingFor(this.#ready.at(-1)!);
      const taken = this.#takeAgain(lines, nowMs);
      for (const line of lines.slice(0, taken)) this.#held.release(line);
      if (taken < lines.length) return;
      this.#ready.pop();
    }
  }

  /** Lines in order of partition, then offset; returns how many of them the batch had room for. */
  #takeAgain(lines: readonly PlacedLine[], nowMs: number): number {
    let done = 0;
    while (done < lines.length && !this.#batch.isFull) done += this.#batch.add(chunkFrom(lines, done), 0, nowMs, true);
    return done;
  }

  #applyProgress(): void {
    const { state } = this.#options;
    const before = { coverage: this.#viewings.coverage, high: this.#scale().high };
    let { high } = before;
    for (const [partition, { from, next, firstMs, newestMs, ratings }] of this.#batch.progress) {
      const stored = state.partitions.get(partition) ?? { from, sinceMs: 0, newestMs: 0, ratings: {} };
      const sinceMs = stored.sinceMs === 0 ? firstMs : stored.sinceMs;
      let counts = stored.ratings;
      for (const rating of ratings) ({ counts, high } = afterRating(counts, high, rating));
      const newest = Math.max(stored.newestMs, newestMs);
      state.partitions.put(partition, { from: stored.from, next, sinceMs, ratings: counts, newestMs: newest });
      this.#viewings.cover(sinceMs);
    }
    const stored = state.meta.ratingHigh();
    // A configured scale is kept, too: whoever reads the state must judge ratings by the same one.
    const top = this.#options.scale?.high ?? (high === before.high ? stored : high);
    if (top !== undefined && top !== stored) {
      state.meta.setRatingHigh(top);
      this.#ready.push(WAIT_FOR_SCALE);
    }
    // What was held because its beginning should have been seen may now be excused.
    if (this.#viewings.coverage !== before.coverage)
      for (const viewing of this.#held.viewings()) this.#weighAgain(viewing);
  }

  #scale(): Scale {
    return this.#options.scale ?? learnedScale(this.#options.state.meta.ratingHigh());
  }

  #weighAgain({ user, film }: Viewing): void {
    this.#options.state.histories.edit(user, (editor) => {
      this.#viewings.settle(this.#batch, { editor, user, film }, NOTHING);
    });
  }

  #applyGivingUp(): void {
    if (this.#givenUp === 0) return;
    const { held, partitions } = this.#options.state;
    for (const [partition] of partitions.all()) {
      for (const line of held.oldest(partition, this.#givenUp)) {
        this.#held.release(line);
        this.#verdicts.reject(line, 'unsettled');
      }
    }
  }

  #applyOdd(odd: OddLine, nowMs: number): void {
    const line = this.#batch.lineAt(odd.line);
    if (odd.kind === 'fault') this.#verdicts.reject(line, odd.fault);
    else if (odd.kind === 'clock-skew') this.#held.hold(line, 'clock-skew', WAIT_FOR_CLOCK);
    else this.#known.await('film', odd.film, line, nowMs);
  }

  /** Returns those that were not known before. */
  #applyRequests(): readonly ListedRequest[] {
    const { requests, partitions } = this.#options.state;
    const fresh = this.#batch.requests.filter((request) => requests.add(request));
    for (const { status } of fresh) this.#verdicts.count(observedTally(status), 1);
    this.#verdicts.count(DUPLICATES, this.#batch.requests.length - fresh.length);
    this.#verdicts.count(acceptedTally('recommendation'), this.#batch.requests.length);
    // By what the state has seen, not by this batch: one partition may be weeks behind the other.
    requests.forget(partitions.newestMs() - REQUESTS_KEPT_MS, FORGET_MAX);
    return fresh;
  }
}

/** Whether a film or user is waited for, rather than the clock, the scale or another line. */
const isLookedUp = (what: string): boolean => what.startsWith('film ') || what.startsWith('user ');
