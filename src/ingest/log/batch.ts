/**
 * Lines that will be committed together, sorted by what they say: watched minutes collapse into rows, the rest is listed. The
 * lines themselves are kept beside it (kept-lines.ts), for those that are put aside.
 */

import { LogLine, RATE, RECOMMENDATION, WATCH } from '../../world/log-line.js';
import { faultOf, type LineFault } from '../../world/line-faults.js';
import { forEachListedFilm } from '../../world/listed-films.js';
import {
  HOUR_CREATE,
  HOUR_HELD,
  HOUR_RATE,
  HOUR_REJECTED,
  HOUR_WATCH,
  hourKindOf,
  HourTally,
} from '../../store/hour-tally.js';
import type { ObservedRequest } from '../../store/requests.js';
import type { PlacedLine } from '../../store/held.js';
import type { LineChunk } from '../source.js';
import { filmMark, hashBytes, type FilmTable } from './film-table.js';
import { KeptLines } from './kept-lines.js';
import { isClockSkew } from './plausibility.js';
import { RecentLines } from './recent-lines.js';
import { NOTHING, VIEWINGS_MAX, ViewingTable } from './viewing-table.js';

/** These bound what a commit keeps in memory and what its transaction writes. */
const LINES_MAX = 2 ** 20;
const BYTES_MAX = 96 * 2 ** 20;
const OTHERS_MAX = 2 ** 17;
/** The chunk that fills the batch is taken whole: a directory's largest. */
const LAST_CHUNK_BYTES = 8 * 2 ** 20;

export interface Rating {
  readonly user: number;
  readonly film: number;
  readonly rating: number;
  readonly seconds: number;
  readonly line: number;
}

export interface Creation {
  readonly user: number;
  readonly timeMs: number;
  readonly line: number;
}

export interface ListedRequest extends ObservedRequest {
  /** Marks of the films in its list (film-table.ts), known or not; empty when the status is not 200. */
  readonly films: readonly number[];
}

/** A line that cannot be applied as it stands. */
export type OddLine =
  | { readonly kind: 'fault'; readonly fault: LineFault; readonly line: number }
  | { readonly kind: 'film-unknown'; readonly film: string; readonly line: number }
  | { readonly kind: 'clock-skew'; readonly line: number };

/** What the lines of one partition say about the partition. */
export interface PartitionProgress {
  /** Offsets: of the first line, and of the first one that is not in the batch. */
  readonly from: number;
  next: number;
  /** Of the first and the newest believable line, ms since 1970; 0 when there was none. */
  firstMs: number;
  newestMs: number;
  /** In order. */
  readonly ratings: number[];
}

const HIGH_SEED = 0x811c9dc5;
const LOW_SEED = 0x01234567;

export class Batch {
  readonly viewings = new ViewingTable();
  readonly ratings: Rating[] = [];
  readonly creations: Creation[] = [];
  readonly requests: ListedRequest[] = [];
  readonly odd: OddLine[] = [];
  /** New lines by the hour of their time. */
  readonly hours = new HourTally();
  readonly progress = new Map<number, PartitionProgress>();
  /** Viewings that the next lines may bring it to, at most VIEWINGS_MAX. */
  viewingsMax = VIEWINGS_MAX;
  duplicates = 0;
  /** Watched minutes in it. */
  watches = 0;
  readonly #films: FilmTable;
  readonly #line: LogLine;
  readonly #recent = new RecentLines();
  readonly #before = new Int32Array(LINES_MAX);
  readonly #kept = new KeptLines(LINES_MAX, BYTES_MAX + LAST_CHUNK_BYTES);
  #lines = 0;

  constructor(films: FilmTable, zoneMs: number) {
    this.#films = films;
    this.#line = new LogLine(zoneMs);
  }

  get lines(): number {
    return this.#lines;
  }

  /**
   * Takes in the chunk's lines from number `from` on; returns where it stopped because the batch is full, or `chunk.count`. Lines that
   * are `replayed` were read before: they say nothing new about their partition.
   */
  add(chunk: LineChunk, from: number, nowMs: number, replayed = false): number {
    const { bytes, starts, ends, count } = chunk;
    const progress = replayed ? undefined : this.#progressOf(chunk.partition, chunk.offsets[from]!);
    const line = this.#line;
    let at = from;
    for (; at < count && !this.isFull; at++) {
      const number = this.#lines++;
      const kind = line.parse(bytes, starts[at]!, ends[at]!);
      if (kind < 0) {
        this.odd.push({ kind: 'fault', fault: faultOf(kind), line: number });
        if (!replayed) this.hours.countTimeless(HOUR_REJECTED);
        continue;
      }
      if (progress !== undefined && kind === RATE) progress.ratings.push(line.rating);
      if (isClockSkew(line.timeMs, nowMs)) {
        this.odd.push({ kind: 'clock-skew', line: number });
        if (!replayed) this.hours.countTimeless(HOUR_HELD);
        continue;
      }
      const hourKind = this.#addEvent(kind, bytes, starts[at]!, ends[at]!, number, replayed);
      if (progress === undefined) continue;
      this.hours.count(line.timeMs, hourKind);
      if (progress.firstMs === 0) progress.firstMs = line.timeMs;
      if (line.timeMs > progress.newestMs) progress.newestMs = line.timeMs;
    }
    this.#kept.add(chunk, from, at);
    if (progress !== undefined) progress.next = at < count ? chunk.offsets[at]! : chunk.next;
    return at;
  }

  get isFull(): boolean {
    return (
      this.#lines === LINES_MAX ||
      this.viewings.count >= this.viewingsMax ||
      this.ratings.length + this.creations.length + this.requests.length + this.odd.length >= OTHERS_MAX ||
      this.#kept.bytes > BYTES_MAX
    );
  }

  /** The lines of a viewing or of anything else that names its newest line, newest first. */
  *linesBack(newest: number): Iterable<number> {
    for (let line = newest; line !== NOTHING; line = this.#before[line]!) yield line;
  }

  /** Where a line of the batch came from, and its bytes: not copied, and overwritten after `clear`. */
  lineAt(line: number): PlacedLine {
    return this.#kept.at(line);
  }

  clear(): void {
    this.viewings.clear();
    for (const list of [this.ratings, this.creations, this.requests, this.odd]) list.length = 0;
    this.progress.clear();
    this.hours.clear();
    this.#kept.clear();
    this.#lines = this.duplicates = this.watches = 0;
  }

  /** Returns what the line counts as in its hour. */
  #addEvent(kind: number, bytes: Uint8Array, start: number, end: number, number: number, replayed: boolean): number {
    switch (kind) {
      case WATCH:
        return this.#addWatch(bytes, number, replayed);
      case RATE:
        return this.#addRating(bytes, number, replayed);
      case RECOMMENDATION:
        return this.#addRequest(bytes, start, end);
      default:
        this.creations.push({ user: this.#line.user, timeMs: this.#line.timeMs, line: number });
        return HOUR_CREATE;
    }
  }

  #addWatch(bytes: Uint8Array, number: number, replayed: boolean): number {
    const { user, filmStart, filmEnd, timeMs, minute } = this.#line;
    const film = this.#films.find(bytes, filmStart, filmEnd);
    if (film < 0) return this.#addUnknownFilm(bytes, number);
    this.watches++;
    if (!replayed && this.#recent.see(user, timeMs, film, minute)) this.duplicates++;
    this.#before[number] = this.viewings.add(user, film, Math.floor(timeMs / 1000), minute, number);
    return HOUR_WATCH;
  }

  #addRating(bytes: Uint8Array, number: number, replayed: boolean): number {
    const { user, filmStart, filmEnd, timeMs, rating } = this.#line;
    const film = this.#films.find(bytes, filmStart, filmEnd);
    if (film < 0) return this.#addUnknownFilm(bytes, number);
    if (!replayed && this.#recent.see(user, timeMs, film, -1 - rating)) this.duplicates++;
    this.ratings.push({ user, film, rating, seconds: Math.floor(timeMs / 1000), line: number });
    return HOUR_RATE;
  }

  #addUnknownFilm(bytes: Uint8Array, line: number): number {
    const { filmStart, filmEnd } = this.#line;
    const film = Buffer.from(bytes.buffer, bytes.byteOffset + filmStart, filmEnd - filmStart).toString('latin1');
    this.odd.push({ kind: 'film-unknown', film, line });
    return HOUR_HELD;
  }

  #addRequest(bytes: Uint8Array, start: number, end: number): number {
    const { user, timeMs, status, latencyMs, listStart, listEnd } = this.#line;
    const isList = status === 200 && listEnd > listStart;
    const films = isList ? filmsIn(bytes, listStart, listEnd) : [];
    this.requests.push({
      ...{ timeMs, user, status, latencyMs, films },
      fingerprint: fingerprint(bytes, start, end),
      listLength: films.length,
      list: isList ? fingerprint(bytes, listStart, listEnd) : 0,
    });
    return hourKindOf(status);
  }

  #progressOf(partition: number, from: number): PartitionProgress {
    let progress = this.progress.get(partition);
    if (progress === undefined) {
      this.progress.set(partition, (progress = { from, next: from, firstMs: 0, newestMs: 0, ratings: [] }));
    }
    return progress;
  }
}

/** A whole number from 1 to 2^53. */
function fingerprint(bytes: Uint8Array, start: number, end: number): number {
  const high = hashBytes(bytes, start, end, HIGH_SEED) >>> 11;
  return high * 2 ** 32 + hashBytes(bytes, start, end, LOW_SEED) + 1;
}

function filmsIn(bytes: Uint8Array, start: number, end: number): number[] {
  const films: number[] = [];
  forEachListedFilm(bytes, start, end, (filmStart, filmEnd) => films.push(filmMark(bytes, filmStart, filmEnd)));
  return films;
}
