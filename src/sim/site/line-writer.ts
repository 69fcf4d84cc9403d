/**
 * Tells the site's log from a world: as many lines as wanted, in the order of time, the same bytes for the same seed.
 *
 * A seat is where somebody watches, a line a minute. There are as many seats as one minute has lines, and each is taken
 * again soon after a viewing ends, so the rate stays. One step writes one line: one draw decides if it is a fault, a
 * recommendation request, a new account, or the line of the seat whose turn it is.
 */

import { ByteSink, put } from '../log/bytes.js';
import { ClockText } from '../log/clock-text.js';
import { faultTable, type FaultKind, type FaultRates } from '../log/fault-rates.js';
import { corrupt } from '../log/line-faults.js';
import { FilmText, putCreate, putRate, putUser, putWatch } from '../log/line-text.js';
import { drawsOf } from '../mix.js';
import { putRequest } from '../log/request-lines.js';
import { Seats } from './seats.js';
import type { SimWorld } from '../world.js';

export interface LineWriterOptions {
  readonly seed: number;
  /** Time of the first line. */
  readonly startMs: number;
  /** Of the log's own time; 700 by default, with some 45,000 viewings at once. */
  readonly linesPerSecond?: number;
  readonly partitions?: number;
  /** The highest rating; 5 by default. */
  readonly ratingScale?: number;
  /** `measured` by default. */
  readonly faults?: 'none' | 'measured' | FaultRates;
  readonly onFault?: (truth: FaultTruth) => void;
}

export interface FaultTruth {
  readonly partition: number;
  /** Counted from 0 in its partition: the offset. */
  readonly line: number;
  readonly kind: FaultKind;
  /** Whether the line still has the shape of a line, so that only plausibility can tell. */
  readonly parses: boolean;
}

export interface LineBatch {
  readonly partition: number;
  readonly firstLine: number;
  readonly count: number;
  /** Lines ended by LF. Written over by the next call. */
  readonly bytes: Uint8Array;
}

export interface LineWriter {
  readonly partitions: number;
  /** The next `lines` lines of the log, one batch a partition. */
  next(lines: number): LineBatch[];
}

/** Shares of all lines; the rest are viewings and ratings. */
const REQUEST_SHARE = 0.008;
const CREATE_SHARE = 0.0003;
/** Of a line that is not meant to be too long: a request with twenty of the longest ids. */
const LINE_BYTES_MAX = 8192;
const LF = 10;

export function createLineWriter(world: SimWorld, options: LineWriterOptions): LineWriter {
  const { seed, startMs, linesPerSecond = 700, partitions = 2, ratingScale = 5, onFault } = options;
  const draws = drawsOf(seed, 'log');
  const faultDraws = drawsOf(seed, 'faults');
  const seats = new Seats(world, linesPerSecond, seed, draws);
  const { viewings } = seats;
  const films = new FilmText(world.ids);
  const clock = new ClockText();
  const faults = faultTable(options.faults ?? 'measured');
  const sinks = Array.from({ length: partitions }, () => new ByteSink());
  const written = new Float64Array(partitions);
  /** A line kept to be sent twice; a duplicate asks for the next one to be kept. */
  let kept: Uint8Array | undefined;
  let keepNext = true;

  function writeTime(sink: ByteSink): number {
    return clock.put(sink.bytes, sink.length, viewings.ms, draws);
  }

  function writeSeat(sink: ByteSink): void {
    let at = writeTime(sink);
    const seat = viewings.take();
    const film = viewings.film[seat]!;
    at = putUser(sink.bytes, at, viewings.user[seat]!);
    sink.length = seats.rates(seat)
      ? putRate(sink.bytes, at, films, film, drawRating())
      : putWatch(sink.bytes, at, films, film, viewings.minute[seat]!);
    seats.proceed(seat);
  }

  const drawRating = (): number =>
    Math.min(ratingScale, Math.max(1, Math.round(ratingScale * (0.74 + 0.2 * draws.normal()))));

  function writeRequest(sink: ByteSink): void {
    const at = putUser(sink.bytes, writeTime(sink), 1 + draws.integer(world.registered));
    sink.length = putRequest(sink.bytes, at, world, films, draws);
  }

  function writeCreate(sink: ByteSink): void {
    const user = seats.audience.register();
    if (user === undefined) return writeSeat(sink);
    sink.length = putCreate(sink.bytes, putUser(sink.bytes, writeTime(sink), user));
  }

  function writeFault(kind: FaultKind, partition: number): void {
    const sink = sinks[partition]!;
    const report = (parses: boolean): void => onFault?.({ partition, line: written[partition]!, kind, parses });
    if (kind === 'tombstone') {
      sink.bytes[sink.length++] = LF;
      return report(false);
    }
    if (kind === 'duplicate') {
      keepNext = true;
      if (kept === undefined) return writeSeat(sink);
      sink.length = put(sink.bytes, sink.length, kept);
      return report(true);
    }
    const start = sink.length;
    writeSeat(sink);
    const line = Buffer.from(sink.bytes.subarray(start, sink.length - 1)).toString('latin1');
    const { text, parses } = corrupt(kind, line, faultDraws, ratingScale);
    sink.length = start;
    sink.reserve(text.length + 1);
    sink.length = put(sink.bytes, start, Buffer.from(`${text}\n`, 'latin1'));
    report(parses);
  }

  function step(): void {
    while (viewings.exhausted) {
      viewings.turn();
      clock.second = startMs + (viewings.second - 1) * 1000;
    }
    const partition = draws.integer(partitions);
    const sink = sinks[partition]!;
    sink.reserve(LINE_BYTES_MAX);
    const start = sink.length;
    const what = draws.uniform();
    if (what < faults.share) writeFault(faults.kindAt(what), partition);
    else {
      const rest = what - faults.share;
      if (rest < REQUEST_SHARE) writeRequest(sink);
      else if (rest < REQUEST_SHARE + CREATE_SHARE) writeCreate(sink);
      else writeSeat(sink);
      if (keepNext) kept = sink.bytes.slice(start, sink.length);
      keepNext = false;
    }
    written[partition]!++;
  }

  return {
    partitions,
    next: (lines) => {
      const firsts = Float64Array.from(written);
      for (const sink of sinks) sink.length = 0;
      for (let i = 0; i < lines; i++) step();
      return sinks.map(({ bytes, length }, partition) => ({
        partition,
        firstLine: firsts[partition]!,
        count: written[partition]! - firsts[partition]!,
        bytes: bytes.subarray(0, length),
      }));
    },
  };
}
