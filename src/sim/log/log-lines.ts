/** The log as it is written: what happens becomes lines, the lines go to partitions, some of them spoilt. */

import type { Random } from '../../core/random.js';
import { drawsOf } from '../mix.js';
import { ascii, ByteSink, put, putNumber } from './bytes.js';
import { ClockText } from './clock-text.js';
import type { FaultRates } from './fault-rates.js';
import { FilmText, putCreate, putRate, putUser, putWatch } from './line-text.js';
import { Spoiler, type OnFault } from './spoiler.js';

export interface LineBatch {
  readonly partition: number;
  readonly firstLine: number;
  readonly count: number;
  /** Lines ended by LF. Written over by what comes after the next `take`. */
  readonly bytes: Uint8Array;
}

export interface LogLinesOptions {
  readonly seed: number;
  readonly partitions: number;
  readonly ratingScale: number;
  readonly onFault?: OnFault | undefined;
}

/** What the site says of a recommendation request. */
export interface RequestOutcome {
  readonly status: number;
  /** ASCII, one line. */
  readonly result: string;
  readonly latencyMs: number;
}

/** Where the site's log says that it asks. */
export const RECOMMENDER_HOST = 'recommender.example:8082';

/** The longest line that is not meant to be too long, but for what a request's result takes. */
const LINE_BYTES_MAX = 1024;
const REQUEST = ascii(`,recommendation request ${RECOMMENDER_HOST}, status `);
const RESULT = ascii(', result: ');
const BETWEEN = ascii(', ');
const MS = ascii(' ms\n');

export class LogLines {
  readonly #films: FilmText;
  readonly #clock = new ClockText();
  readonly #clockDraws: Random;
  readonly #partitionDraws: Random;
  /** Apart from those of the events, which stay in their partitions whatever comes between them. */
  readonly #extraDraws: Random;
  readonly #sinks: ByteSink[];
  readonly #firsts: Float64Array;
  readonly #written: Float64Array;
  readonly #spoiler: Spoiler;
  #partition = 0;
  #start = 0;
  #count = 0;

  constructor(ids: readonly string[], { seed, partitions, ratingScale, onFault }: LogLinesOptions) {
    this.#films = new FilmText(ids);
    this.#clockDraws = drawsOf(seed, 'clock');
    this.#partitionDraws = drawsOf(seed, 'partition');
    this.#extraDraws = drawsOf(seed, 'partition', 1);
    this.#sinks = Array.from({ length: partitions }, () => new ByteSink());
    this.#firsts = new Float64Array(partitions);
    this.#written = new Float64Array(partitions);
    this.#spoiler = new Spoiler(seed, ratingScale, onFault);
  }

  set faults(rates: 'none' | 'measured' | FaultRates) {
    this.#spoiler.rates = rates;
  }

  /** Of the lines that follow, ms since 1970, in whole seconds. */
  set second(timeMs: number) {
    this.#clock.second = timeMs;
  }

  /** Lines of all partitions, since the beginning. */
  get count(): number {
    return this.#count;
  }

  /** Whether a fault asks for one more line. */
  get owesLine(): boolean {
    return this.#spoiler.owesLine;
  }

  /** Writes the line that a fault asks for. */
  payLine(): void {
    const { kind, bytes } = this.#spoiler.takeExtra();
    const sink = this.#begin(bytes.length, this.#extraDraws);
    sink.length = put(sink.bytes, sink.length, bytes);
    this.#spoiler.tell(kind, this.#partition, this.#written[this.#partition]!++);
    this.#count++;
  }

  /** `ms` is within the second, here and below. */
  watch(ms: number, user: number, film: number, minute: number): void {
    const sink = this.#begin(LINE_BYTES_MAX);
    sink.length = putWatch(sink.bytes, this.#putHead(sink, ms, user), this.#films, film, minute);
    this.#end(sink, true);
  }

  rate(ms: number, user: number, film: number, rating: number): void {
    const sink = this.#begin(LINE_BYTES_MAX);
    sink.length = putRate(sink.bytes, this.#putHead(sink, ms, user), this.#films, film, rating);
    this.#end(sink, true);
  }

  create(ms: number, user: number): void {
    const sink = this.#begin(LINE_BYTES_MAX);
    sink.length = putCreate(sink.bytes, this.#putHead(sink, ms, user));
    this.#end(sink, false);
  }

  request(ms: number, user: number, { status, result, latencyMs }: RequestOutcome): void {
    const sink = this.#begin(LINE_BYTES_MAX + result.length);
    const { bytes } = sink;
    let at = put(bytes, this.#putHead(sink, ms, user), REQUEST);
    at = put(bytes, put(bytes, putNumber(bytes, at, status), RESULT), ascii(result));
    sink.length = put(bytes, putNumber(bytes, put(bytes, at, BETWEEN), latencyMs), MS);
    this.#end(sink, false);
  }

  /** What was written since the last call, one batch a partition. */
  take(): LineBatch[] {
    return this.#sinks.map((sink, partition) => {
      const firstLine = this.#firsts[partition]!;
      const bytes = sink.bytes.subarray(0, sink.length);
      sink.length = 0;
      this.#firsts[partition] = this.#written[partition]!;
      return { partition, firstLine, count: this.#written[partition]! - firstLine, bytes };
    });
  }

  #begin(bytes: number, draws = this.#partitionDraws): ByteSink {
    this.#partition = draws.integer(this.#sinks.length);
    const sink = this.#sinks[this.#partition]!;
    sink.reserve(bytes);
    this.#start = sink.length;
    return sink;
  }

  #putHead(sink: ByteSink, ms: number, user: number): number {
    return putUser(sink.bytes, this.#clock.put(sink.bytes, sink.length, ms, this.#clockDraws), user);
  }

  #end(sink: ByteSink, corruptible: boolean): void {
    this.#spoiler.pass(
      sink,
      this.#start,
      { partition: this.#partition, line: this.#written[this.#partition]! },
      corruptible,
    );
    this.#written[this.#partition]!++;
    this.#count++;
  }
}
