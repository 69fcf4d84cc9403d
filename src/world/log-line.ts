/**
 * The grammar of the site's log: the bytes of one line → what happened, or the fault that makes it no line.
 *
 *   line    = time "," user "," request
 *   request = "GET /data/m/" film "/" minute ".mpg"        a minute of a film was watched
 *           | "GET /rate/" film "=" rating
 *           | "GET /create_account"
 *           | "recommendation request " host ", status " status ", result: " result ", " latency " ms"
 *
 * A field ends at the first byte that it cannot hold, so that every line is read once from left to right. Only results may hold
 * anything: the latency behind them is read from the end of the line. Numbers have no leading zeros.
 */

import { isUtf8 } from 'node:buffer';
import { isDigit, numberEnd, numberIn } from './digits.js';
import { filmBytesEnd, isFilmLength } from './film-bytes.js';
import { faultNumber, LINE_BYTES_MAX } from './line-faults.js';
import { isFilmList } from './listed-films.js';
import { LogTime } from './log-time.js';
import { isPlainText } from './plain-text.js';

/** What a line is. */
export const WATCH = 1;
export const RATE = 2;
export const CREATE = 3;
export const RECOMMENDATION = 4;

const MINUTE_MAX = 65_534;
const STATUS_OK = 200;

const BLANK = 0x20;
const COMMA = 0x2c;
const SLASH = 0x2f;
const EQUALS = 0x3d;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const WATCH_BEGIN = ascii('GET /data/m/');
const WATCH_END = ascii('.mpg');
const RATE_BEGIN = ascii('GET /rate/');
const CREATE_WHOLE = ascii('GET /create_account');
const RECOMMENDATION_BEGIN = ascii('recommendation request ');
const STATUS_BEGIN = ascii(', status ');
const RESULT_BEGIN = ascii(', result: ');
const LATENCY_BEGIN = ascii(', ');
const LATENCY_END = ascii(' ms');

const EMPTY = faultNumber('empty');
const LINE_TOO_LONG = faultNumber('line-too-long');
const NOT_UTF8 = faultNumber('not-utf8');
const TOO_FEW_FIELDS = faultNumber('too-few-fields');
const BAD_TIME = faultNumber('time');
const BAD_USER = faultNumber('user');
const BAD_REQUEST = faultNumber('request');
const BAD_FILM = faultNumber('film');
const BAD_MINUTE = faultNumber('minute');
const BAD_RATING = faultNumber('rating');
const BAD_HOST = faultNumber('host');
const BAD_STATUS = faultNumber('status');
const BAD_RESULT = faultNumber('result');
const BAD_LATENCY = faultNumber('latency');
const BAD_LIST = faultNumber('list');

/**
 * Parses one line in place. Its fields are those of the line parsed last; of a faulty line, or where a line of that kind has
 * none, they mean nothing. Positions count from the beginning of the bytes parsed.
 */
export class LogLine {
  /** Since 1970 in UTC; what is smaller than a millisecond is dropped. */
  timeMs = 0;
  /** 0 to 9,999,999,999. */
  user = 0;
  /** The film of a WATCH or RATE is in [filmStart, filmEnd). */
  filmStart = 0;
  filmEnd = 0;
  /** Of a WATCH: 0 to `MINUTE_MAX`. */
  minute = 0;
  /** Of a RATE: 0 to 999. Which scale it is on, the grammar does not know. */
  rating = 0;
  /** Of a RECOMMENDATION: 0 or 100 to 599. */
  status = 0;
  /** Of a RECOMMENDATION. */
  latencyMs = 0;
  /** The result of a RECOMMENDATION is in [listStart, listEnd): a list of films if the status is 200, else any text. */
  listStart = 0;
  listEnd = 0;
  readonly #time: LogTime;

  /** `zoneMs`: how far the site's clock stands east of UTC. */
  constructor(zoneMs = 0) {
    this.#time = new LogTime(zoneMs);
  }

  /** The line in [start, end), without its line end → WATCH to RECOMMENDATION, or the number of a fault (line-faults.ts). */
  parse(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > LINE_BYTES_MAX) return LINE_TOO_LONG;
    const kind = this.#read(bytes, start, end);
    return kind > 0 ? kind : (wholeLineFault(bytes, start, end) ?? kind);
  }

  #read(bytes: Uint8Array, start: number, end: number): number {
    const timeEnd = this.#time.read(bytes, start, end);
    if (timeEnd < 0 || timeEnd >= end || bytes[timeEnd] !== COMMA) return BAD_TIME;
    this.timeMs = this.#time.ms;

    const user = timeEnd + 1;
    const userEnd = numberEnd(bytes, user, end);
    if (userEnd === user || userEnd - user > 10 || userEnd >= end || bytes[userEnd] !== COMMA) return BAD_USER;
    this.user = numberIn(bytes, user, userEnd);

    const request = userEnd + 1;
    if (holds(WATCH_BEGIN, bytes, request, end)) return this.#readWatch(bytes, request + WATCH_BEGIN.length, end);
    if (holds(RATE_BEGIN, bytes, request, end)) return this.#readRate(bytes, request + RATE_BEGIN.length, end);
    if (holds(RECOMMENDATION_BEGIN, bytes, request, end)) {
      return this.#readRecommendation(bytes, request + RECOMMENDATION_BEGIN.length, end);
    }
    return end - request === CREATE_WHOLE.length && holds(CREATE_WHOLE, bytes, request, end) ? CREATE : BAD_REQUEST;
  }

  #readWatch(bytes: Uint8Array, film: number, end: number): number {
    const filmEnd = filmBytesEnd(bytes, film, end);
    if (!isFilmLength(filmEnd - film)) return BAD_FILM;
    if (filmEnd === end) return BAD_MINUTE;
    if (bytes[filmEnd] !== SLASH) return BAD_FILM;

    const minute = filmEnd + 1;
    const minuteEnd = numberEnd(bytes, minute, end);
    if (minuteEnd === minute || minuteEnd - minute > 5) return BAD_MINUTE;
    if (end - minuteEnd !== WATCH_END.length || !holds(WATCH_END, bytes, minuteEnd, end)) return BAD_MINUTE;
    this.minute = numberIn(bytes, minute, minuteEnd);
    if (this.minute > MINUTE_MAX) return BAD_MINUTE;
    this.filmStart = film;
    this.filmEnd = filmEnd;
    return WATCH;
  }

  #readRate(bytes: Uint8Array, film: number, end: number): number {
    const filmEnd = filmBytesEnd(bytes, film, end);
    if (!isFilmLength(filmEnd - film)) return BAD_FILM;
    if (filmEnd === end) return BAD_RATING;
    if (bytes[filmEnd] !== EQUALS) return BAD_FILM;

    const rating = filmEnd + 1;
    if (rating === end || end - rating > 3 || numberEnd(bytes, rating, end) !== end) return BAD_RATING;
    this.rating = numberIn(bytes, rating, end);
    this.filmStart = film;
    this.filmEnd = filmEnd;
    return RATE;
  }

  #readRecommendation(bytes: Uint8Array, host: number, end: number): number {
    const hostStop = hostEnd(bytes, host, end);
    if (hostStop === host || (hostStop < end && bytes[hostStop] !== COMMA)) return BAD_HOST;

    if (!holds(STATUS_BEGIN, bytes, hostStop, end)) return BAD_STATUS;
    const status = hostStop + STATUS_BEGIN.length;
    const statusEnd = numberEnd(bytes, status, end);
    if (statusEnd === status || statusEnd - status > 3) return BAD_STATUS;
    if (statusEnd < end && bytes[statusEnd] !== COMMA) return BAD_STATUS;
    this.status = numberIn(bytes, status, statusEnd);
    if (this.status !== 0 && (this.status < 100 || this.status > 599)) return BAD_STATUS;

    if (!holds(RESULT_BEGIN, bytes, statusEnd, end)) return BAD_RESULT;
    const result = statusEnd + RESULT_BEGIN.length;
    const resultEnd = this.#readLatency(bytes, result, end);
    if (resultEnd < 0) return BAD_LATENCY;
    this.listStart = result;
    this.listEnd = resultEnd;
    if (this.status === STATUS_OK) return isFilmList(bytes, result, resultEnd) ? RECOMMENDATION : BAD_LIST;
    return isPlainText(bytes, result, resultEnd) ? RECOMMENDATION : BAD_RESULT;
  }

  /** Reads from the end of the line back to where the result ends at the latest; −1 when there is no latency. */
  #readLatency(bytes: Uint8Array, result: number, end: number): number {
    const latencyEnd = end - LATENCY_END.length;
    if (!holds(LATENCY_END, bytes, latencyEnd, end)) return -1;
    let latency = latencyEnd;
    while (latency > result && isDigit(bytes[latency - 1]!)) latency--;
    const digits = latencyEnd - latency;
    if (digits < 1 || digits > 9 || numberEnd(bytes, latency, latencyEnd) !== latencyEnd) return -1;

    const resultEnd = latency - LATENCY_BEGIN.length;
    if (resultEnd < result || !holds(LATENCY_BEGIN, bytes, resultEnd, end)) return -1;
    this.latencyMs = numberIn(bytes, latency, latencyEnd);
    return resultEnd;
  }
}

/** Whether `word` stands at `at`, before `end`. */
function holds(word: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** The first position from `at` that is a comma or does not print in ASCII, or `end`. */
function hostEnd(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at]! > BLANK && bytes[at]! < 0x7f && bytes[at] !== COMMA) at++;
  return at;
}

/** Faulty lines are rare: only they are looked at twice, for what says more than the field that could not be read. */
function wholeLineFault(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (start === end) return EMPTY;
  if (!isUtf8(bytes.subarray(start, end))) return NOT_UTF8;
  let commas = 0;
  for (let at = start; at < end && commas < 2; at++) if (bytes[at] === COMMA) commas++;
  return commas < 2 ? TOO_FEW_FIELDS : undefined;
}
