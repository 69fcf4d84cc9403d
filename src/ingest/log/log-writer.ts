/**
 * Brings lines of the log into the state: they are collected in a batch, and a commit writes what they say together with how far
 * the log has been read, in one transaction. After a commit that threw, this writer knows more than the state: make a new one.
 */

import { MatineeError } from '../../core/errors.js';
import { waitForFilm, waitForUser, WAIT_FOR_CLOCK, WAIT_FOR_SCALE } from '../../store/held.js';
import type { HistoryEditor } from '../../store/history-editor.js';
import type { LookupKind } from '../../store/lookups.js';
import type { State } from '../../store/state.js';
import type { FilmRecord } from '../../world/film-record.js';
import type { UserRecord } from '../../world/user-record.js';
import type { LookupOutcome } from '../lookup-outcome.js';
import { isOutdated } from '../refetch.js';
import type { LineChunk } from '../source.js';
import { Batch, type OddLine } from './batch.js';
import { FilmTable } from './film-table.js';
import { HeldLines, type PlacedLine } from './held-lines.js';
import { acceptedTally, DUPLICATES, observedTally, rejectedTally, type RejectReason } from './outcomes.js';
import { afterRating, isOnScale, learnedScale, type Scale } from './rating-scale.js';
import { chunkFrom } from './replay.js';
import { userGroups, type UserRows } from './user-groups.js';
import { NOTHING } from './viewing-table.js';
import { Viewings } from './viewings.js';

export interface RejectedLine extends PlacedLine {
  readonly topic: string;
  readonly reason: RejectReason;
}

export interface LogWriterOptions {
  readonly state: State;
  readonly quarantine: { add(lines: readonly RejectedLine[]): void };
  /** Kafka topic or folder name. */
  readonly topic: string;
  /** How far the site's clock stands east of UTC. */
  readonly zoneMs: number;
  /** Undefined: learned from what was seen. */
  readonly scale: Scale | undefined;
  /** Whether a user API says which users exist; without one every well-formed user id is a user. */
  readonly asksUsers: boolean;
}

/** Requests older than this, seen from the newest, are forgotten; at most so many a commit. */
const REQUESTS_KEPT_MS = 7 * 86_400_000;
const FORGET_MAX = 20_000;

export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #films = new FilmTable();
  readonly #batch: Batch;
  readonly #held: HeldLines;
  readonly #viewings: Viewings;
  readonly #tallies = new Map<string, number>();
  readonly #rejected: RejectedLine[] = [];
  /** What was waited for and has come: the lines that waited go through the batch again. */
  #ready: string[] = [];
  /** Next offset by partition, as the state has it. */
  readonly #positions = new Map<number, number>();

  constructor(options: LogWriterOptions) {
    this.#options = options;
    const { state, zoneMs } = options;
    for (const [index, { id, listing }] of state.films.all()) if (listing !== 'missing') this.#films.add(id, index);
    this.#batch = new Batch(this.#films, zoneMs);
    const count = this.#count.bind(this);
    this.#held = new HeldLines(state, count);
    this.#viewings = new Viewings({ state, held: this.#held, count, zoneMs });
    for (const [partition, { next, sinceMs }] of state.partitions.all()) {
      this.#positions.set(partition, next);
      this.#cover(sinceMs);
    }
    this.#ready = [...state.held.waits()].filter((what) => this.#hasCome(what));
  }

  /** The next offset that is stored for a partition. */
  position(partition: number): number | undefined {
    return this.#positions.get(partition);
  }

  positions(): ReadonlyMap<number, number> {
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

  /** `applyAnswers` is called first, inside the transaction: it hands in what the look-ups found by `settle`. */
  commit(nowMs: number, applyAnswers: () => void): void {
    const { state, quarantine } = this.#options;
    state.transaction(() => {
      this.#expectPositions();
      applyAnswers();
      this.#replay(nowMs);
      this.#applyProgress();
      for (const odd of this.#batch.odd) this.#applyOdd(odd, nowMs);
      for (const rows of userGroups(this.#batch)) this.#applyUser(rows, nowMs);
      this.#applyRequests();
      this.#count(acceptedTally('watch'), this.#batch.watches);
      this.#count(DUPLICATES, this.#batch.duplicates);
      for (const [name, n] of this.#tallies) state.lines.add(name, n);
      // Before the state's own commit: a line that is in the quarantine twice is there once.
      if (this.#rejected.length > 0) quarantine.add(this.#rejected);
    });
    for (const [partition, { next }] of this.#batch.progress) this.#positions.set(partition, next);
    this.#tallies.clear();
    this.#rejected.length = 0;
    this.#batch.clear();
  }

  /** What an API said: films and users join the state, and the lines that waited for them go through the batch again. */
  settle(kind: LookupKind, { found, missing }: LookupOutcome, nowMs: number): void {
    for (const [id, record] of found) {
      if (kind === 'film') this.#addFilm(record as FilmRecord, nowMs);
      else this.#addUser(record as UserRecord, nowMs);
      this.#ready.push(kind === 'film' ? waitForFilm(id) : waitForUser(Number(id)));
    }
    for (const id of missing) {
      if (kind === 'film') this.#dropFilm(id);
      const waiting = kind === 'film' ? waitForFilm(id) : waitForUser(Number(id));
      for (const line of this.#held.waitingFor(waiting)) {
        this.#held.release(line);
        this.#reject(line, kind === 'film' ? 'film-not-found' : 'user-not-found');
      }
    }
  }

  #count(tally: string, n: number): void {
    this.#tallies.set(tally, (this.#tallies.get(tally) ?? 0) + n);
  }

  #cover(sinceMs: number): void {
    this.#viewings.coverage = Math.max(this.#viewings.coverage, Math.floor(sinceMs / 1000));
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
    const stored = state.meta.topic();
    if (stored === undefined) state.meta.setTopic(topic);
    for (const partition of this.#batch.progress.keys()) {
      const next = state.partitions.get(partition)?.next;
      if (next === this.#positions.get(partition)) continue;
      throw new MatineeError('state-in-use', `another ingest writes into this state (partition ${partition})`, {
        hint: 'Stop one of the two: a state belongs to one ingest at a time.',
        fields: { partition, expected: this.#positions.get(partition) ?? 0, found: next ?? 0 },
      });
    }
  }

  #hasCome(what: string): boolean {
    const [kind, id] = what.split(' ') as [string, string];
    if (kind === 'viewing') return false;
    if (kind === 'film') return this.#options.state.films.indexOf(id) >= 0;
    return kind !== 'user' || !this.#options.asksUsers || this.#knows(Number(id));
  }

  #replay(nowMs: number): void {
    while (this.#ready.length > 0) {
      const lines = this.#held.waitingFor(this.#ready.at(-1)!);
      for (let done = 0; done < lines.length;) {
        const taken = this.#batch.add(chunkFrom(lines, done), 0, nowMs, true);
        if (taken === 0) return;
        for (const line of lines.slice(done, done + taken)) this.#held.release(line);
        done += taken;
      }
      this.#ready.pop();
    }
  }

  #applyProgress(): void {
    const { state } = this.#options;
    const before = this.#viewings.coverage;
    const highBefore = this.#scale().high;
    let high = highBefore;
    for (const [partition, { next, firstMs, newestMs, ratings }] of this.#batch.progress) {
      const stored = state.partitions.get(partition) ?? { next: 0, sinceMs: 0, newestMs: 0, ratings: {} };
      const sinceMs = stored.sinceMs === 0 ? firstMs : stored.sinceMs;
      let counts = stored.ratings;
      for (const rating of ratings) ({ counts, high } = afterRating(counts, high, rating));
      state.partitions.put(partition, {
        ...{ next, sinceMs, ratings: counts },
        newestMs: Math.max(stored.newestMs, newestMs),
      });
      this.#cover(sinceMs);
    }
    if (high !== highBefore) {
      state.meta.setRatingHigh(high);
      this.#ready.push(WAIT_FOR_SCALE);
    }
    // What was held because its beginning should have been seen may now be excused.
    if (before !== this.#viewings.coverage) for (const viewing of this.#held.viewings()) this.#weighAgain(viewing);
  }

  #scale(): Scale {
    return this.#options.scale ?? learnedScale(this.#options.state.meta.ratingHigh());
  }

  #weighAgain(viewing: string): void {
    const [, user, film] = viewing.split(' ').map(Number) as [number, number, number];
    this.#options.state.histories.edit(user, (editor) => {
      this.#viewings.settle(this.#batch, { editor, user, film }, NOTHING);
    });
  }

  #applyOdd(odd: OddLine, nowMs: number): void {
    const line = this.#batch.lineAt(odd.line);
    if (odd.kind === 'fault') this.#reject(line, odd.fault);
    else if (odd.kind === 'clock-skew') this.#held.hold(line, 'clock-skew', WAIT_FOR_CLOCK);
    else this.#await('film', odd.film, line, nowMs);
  }

  /** Holds a line until the API says whether a film or user exists; rejects it when it has just said no. */
  #await(kind: LookupKind, id: string, line: PlacedLine, nowMs: number): void {
    const { lookups } = this.#options.state;
    if (lookups.isMissing(kind, id, nowMs)) {
      this.#reject(line, kind === 'film' ? 'film-not-found' : 'user-not-found');
      return;
    }
    lookups.want(kind, id, nowMs);
    if (kind === 'film') this.#held.hold(line, 'film-unknown', waitForFilm(id));
    else this.#held.hold(line, 'user-unknown', waitForUser(Number(id)));
  }

  #reject({ partition, offset, bytes }: PlacedLine, reason: RejectReason): void {
    this.#rejected.push({ topic: this.#options.topic, partition, offset, reason, bytes });
    this.#count(rejectedTally(reason), 1);
  }

  #knows(user: number): boolean {
    const { users, histories } = this.#options.state;
    return users.has(user) || histories.has(user);
  }

  #applyUser(rows: UserRows, nowMs: number): void {
    const { state, asksUsers } = this.#options;
    if (asksUsers && !this.#knows(rows.user)) {
      for (const line of this.#linesOf(rows)) this.#await('user', String(rows.user), this.#batch.lineAt(line), nowMs);
      this.#count(acceptedTally('watch'), -this.#watchedLines(rows));
      return;
    }
    if (rows.viewings.length + rows.ratings.length > 0) {
      state.histories.edit(rows.user, (editor) => {
        for (const head of rows.viewings) {
          const pair = { editor, user: rows.user, film: this.#batch.viewings.film[head]! };
          this.#viewings.settle(this.#batch, pair, head);
        }
        for (const rating of rows.ratings) this.#applyRating(editor, rating);
      });
    }
    for (const creation of rows.creations) this.#applyCreation(creation);
    if (asksUsers && isOutdated('user', state.users.get(rows.user)?.lookedUpMs ?? 0, nowMs)) {
      state.lookups.want('user', String(rows.user), nowMs, 'again');
    }
  }

  #applyRating(editor: HistoryEditor, index: number): void {
    const { film, rating, seconds, line } = this.#batch.ratings[index]!;
    if (!isOnScale(rating, this.#scale())) {
      this.#held.hold(this.#batch.lineAt(line), 'rating-scale', WAIT_FOR_SCALE);
      return;
    }
    editor.rate(film, rating * 100, seconds);
    this.#count(acceptedTally('rate'), 1);
  }

  #applyCreation(index: number): void {
    const { users } = this.#options.state;
    const { user, timeMs } = this.#batch.creations[index]!;
    const before = users.get(user)?.createdMs ?? 0;
    if (before === timeMs) this.#count(DUPLICATES, 1);
    else if (before === 0 || timeMs < before) users.put(user, { createdMs: timeMs });
    this.#count(acceptedTally('create'), 1);
  }

  #applyRequests(): void {
    const { requests } = this.#options.state;
    let newestMs = 0;
    for (const request of this.#batch.requests) {
      newestMs = Math.max(newestMs, request.timeMs);
      if (requests.add(request)) this.#count(observedTally(request.status), 1);
      else this.#count(DUPLICATES, 1);
    }
    this.#count(acceptedTally('recommendation'), this.#batch.requests.length);
    if (newestMs > 0) requests.forget(newestMs - REQUESTS_KEPT_MS, FORGET_MAX);
  }

  *#linesOf({ viewings, ratings, creations }: UserRows): Iterable<number> {
    yield* this.#watchedLinesOf(viewings);
    for (const rating of ratings) yield this.#batch.ratings[rating]!.line;
    for (const creation of creations) yield this.#batch.creations[creation]!.line;
  }

  *#watchedLinesOf(heads: readonly number[]): Iterable<number> {
    const { next, newestLine } = this.#batch.viewings;
    for (const head of heads) {
      for (let row = head; row !== NOTHING; row = next[row]!) yield* this.#batch.linesBack(newestLine[row]!);
    }
  }

  #watchedLines({ viewings }: UserRows): number {
    return [...this.#watchedLinesOf(viewings)].length;
  }

  #addFilm({ id, title, year, genres, runtime, language, overview, cost }: FilmRecord, nowMs: number): void {
    const facts = { id, title, year, genres, runtime, language, overview, cost };
    this.#films.add(id, this.#options.state.films.put({ ...facts, listing: 'listed', lookedUpMs: nowMs }));
  }

  #addUser({ user, ...facts }: UserRecord, nowMs: number): void {
    this.#options.state.users.put(user, { ...facts, lookedUpMs: nowMs });
  }

  /** A film of an imported file that the site does not have: it is never answered, and lines that name it are refused. */
  #dropFilm(id: string): void {
    const { films } = this.#options.state;
    const index = films.indexOf(id);
    if (index < 0) return;
    films.put({ ...films.get(index)!, listing: 'missing' });
    this.#films.remove(id);
  }
}
