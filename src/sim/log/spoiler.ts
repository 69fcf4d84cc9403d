/** Spoils lines on their way into the log as the real site does, and tells the truth of each. */

import assert from 'node:assert/strict';
import { put, type ByteSink } from './bytes.js';
import { faultTable, type FaultKind, type FaultRates, type FaultTable } from './fault-rates.js';
import { corrupt, type Corruption } from './line-faults.js';
import { drawsOf } from '../mix.js';

interface Place {
  readonly partition: number;
  /** Counted from 0 in its partition: the offset. */
  readonly line: number;
}

/** A line that nothing stands behind. */
interface ExtraLine {
  readonly kind: 'tombstone' | 'duplicate';
  /** Ends with LF. */
  readonly bytes: Uint8Array;
}

export interface FaultTruth extends Place {
  readonly kind: FaultKind;
  /** Whether the line still has the shape of a line, so that only plausibility can tell. */
  readonly parses: boolean;
  /** What the line was before; undefined where it is one too many. Latin1, without LF. */
  readonly original: string | undefined;
}

export type OnFault = (truth: FaultTruth) => void;

const TOMBSTONE = Uint8Array.of(10);

/**
 * Whether a line is spoilt, and how, is drawn apart from what the lines say: the same events with other faults are the same
 * events.
 */
export class Spoiler {
  readonly #draws;
  readonly #ratingScale: number;
  readonly #onFault: OnFault | undefined;
  #table: FaultTable = faultTable('none');
  /** A line kept to be sent twice; a duplicate asks for the next one to be kept. */
  #kept: Uint8Array | undefined;
  #keepNext = true;
  /** What could not be done to the lines since: only viewings and ratings are spoilt. */
  readonly #due: Corruption[] = [];
  readonly #extras: ExtraLine[] = [];

  constructor(seed: number, ratingScale: number, onFault: OnFault | undefined) {
    this.#draws = drawsOf(seed, 'faults');
    this.#ratingScale = ratingScale;
    this.#onFault = onFault;
  }

  set rates(rates: 'none' | 'measured' | FaultRates) {
    this.#table = faultTable(rates);
  }

  /** Whether a line too many is to be written next. */
  get owesLine(): boolean {
    return this.#extras.length > 0;
  }

  takeExtra(): ExtraLine {
    const extra = this.#extras.shift();
    assert(extra !== undefined, 'no line is owed');
    return extra;
  }

  /** Where it was written. */
  tell(kind: ExtraLine['kind'], partition: number, line: number): void {
    this.#onFault?.({ partition, line, kind, parses: kind === 'duplicate', original: undefined });
  }

  /** `sink` ends with a whole line that begins at `start`; `place` is where it stands in the log. */
  pass(sink: ByteSink, start: number, place: Place, corruptible: boolean): void {
    const draw = this.#draws.uniform();
    const kind = draw < this.#table.share ? this.#table.kindAt(draw) : undefined;
    if (kind === 'tombstone') this.#extras.push({ kind, bytes: TOMBSTONE });
    else if (kind === 'duplicate') this.#repeat();
    else if (kind !== undefined) this.#due.push(kind);
    if (corruptible && this.#due.length > 0) this.#spoil(sink, start, place, this.#due.shift()!);
    else if (this.#keepNext) this.#keep(sink, start);
  }

  #repeat(): void {
    if (this.#kept !== undefined) this.#extras.push({ kind: 'duplicate', bytes: this.#kept });
    this.#keepNext = true;
  }

  #spoil(sink: ByteSink, start: number, place: Place, kind: Corruption): void {
    const original = Buffer.from(sink.bytes.subarray(start, sink.length - 1)).toString('latin1');
    const { text, parses } = corrupt(kind, original, this.#draws, this.#ratingScale);
    sink.length = start;
    sink.reserve(text.length + 1);
    sink.length = put(sink.bytes, start, Buffer.from(`${text}\n`, 'latin1'));
    this.#onFault?.({ ...place, kind, parses, original });
  }

  #keep(sink: ByteSink, start: number): void {
    this.#kept = sink.bytes.slice(start, sink.length);
    this.#keepNext = false;
  }
}
