/** One partition: goes from segment to segment, notices what retention took, and knows how far the end is. */

import { stat } from 'node:fs/promises';
import { MatineeError } from '../../core/errors.js';
import type { SourceEvent, StartAt } from '../source.js';
import { segmentsIn, type SegmentFile } from './layout.js';
import { Segment, type SegmentLines } from './segment.js';
import { startOffset, type SearchTools } from './start-offset.js';

/** While a long segment is read, the others are looked at so often: for the lag. */
const LIST_MS = 1000;

/** Bytes of a line, until there is a mean. */
const LINE_BYTES_GUESS = 64;

/** The buffer is also what chunks are read into: what `next` gives lasts until it is written to again. */
export interface PartitionStart extends SearchTools {
  readonly number: number;
  readonly folder: string;
  /** The stored one; without it `from` tells where to begin. */
  readonly position: number | undefined;
  readonly from: StartAt;
  readonly untilEnd: boolean;
}

/** The newest segment, and how long it was. */
interface End {
  readonly first: number;
  readonly size: number;
}

const NOWHERE: End = { first: -1, size: 0 };

/** Throws what the file system throws, and `format-invalid` when the log ends before the position. */
export class Partition {
  readonly #start: PartitionStart;
  #begun = false;
  /** Of the next line to give; undefined until there is a segment to begin in. */
  #offset: number | undefined;
  #segment: Segment | undefined;
  /** When they were listed last, and the newest of them. */
  #files: readonly SegmentFile[] = [];
  #listedMs = -Infinity;
  #end = NOWHERE;
  /** With `untilEnd`: the end as it was at the beginning. */
  #until: End | undefined;
  #linesGiven = 0;
  #bytesGiven = 0;

  constructor(start: PartitionStart) {
    this.#start = start;
    this.#offset = start.position;
  }

  /** Notes where the log begins and ends now; called by `next` where it has not been before. */
  async begin(): Promise<void> {
    const { folder, from, untilEnd } = this.#start;
    const files = await this.#list();
    if (untilEnd) this.#until = this.#end;
    // What is not there yet is wanted whole, whatever `from` says of the rest.
    const fromHere = files.length === 0 && from === 'latest' ? 'earliest' : from;
    this.#offset ??= await startOffset(folder, fromHere, this.#start);
    this.#begun = true;
  }

  /** Only with `untilEnd`: whether everything up to the end has been given. */
  get isDone(): boolean {
    if (this.#until === undefined || this.#until === NOWHERE) return this.#until === NOWHERE;
    if (this.#segment === undefined) return false;
    const { first, size } = this.#until;
    return this.#segment.first > first || (this.#segment.first === first && this.#segment.bytesLeftOf(size) === 0);
  }

  /**
   * Lines that are not given yet. The offsets of segments tell it exactly up to the newest one; what that holds is estimated
   * from its bytes and the mean length of the lines given so far. At the end it is 0.
   */
  get lag(): number {
    if (this.#end === NOWHERE) return 0;
    const { first, size } = this.#end;
    const mean = this.#linesGiven === 0 ? LINE_BYTES_GUESS : this.#bytesGiven / this.#linesGiven;
    if (this.#segment?.first === first) return Math.ceil(this.#segment.bytesLeftOf(size) / mean);
    return Math.max(0, first - (this.#offset ?? first)) + Math.ceil(size / mean);
  }

  /** Lines, a gap, or undefined when there is no news. */
  async next(): Promise<SourceEvent | undefined> {
    try {
      return await this.#next();
    } catch (error) {
      // A file that cannot be read is opened anew; where the log just ends too early, what was counted of it stays true.
      if (!(error instanceof MatineeError)) await this.close();
      throw error;
    }
  }

  async #next(): Promise<SourceEvent | undefined> {
    if (!this.#begun) await this.begin();
    if (this.#segment === undefined || performance.now() - this.#listedMs > LIST_MS) await this.#list();
    this.#offset ??= await startOffset(this.#start.folder, 'earliest', this.#start);
    if (this.#offset === undefined) return undefined;

    for (;;) {
      if (this.#segment === undefined) {
        const file = this.#files.findLast(({ first }) => first <= this.#offset!);
        if (file === undefined) return this.#files[0] && this.#gapTo(this.#files[0].first);
        this.#segment = await this.#open(file);
        if (this.#segment === undefined) continue;
      }
      const segment = this.#segment;
      const isReached = await segment.skipTo(this.#offset);
      const lines = isReached ? await segment.next(this.#limitIn(segment)) : undefined;
      if (lines !== undefined) return this.#give(lines);
      if (this.isDone) return undefined;

      // Nothing is added to a segment that has a newer one beside it: if one was known before this look, the look was the last.
      const isNewer = ({ first }: SegmentFile): boolean => first > segment.first;
      const successor = this.#files.find(isNewer);
      if (successor !== undefined) {
        await this.close();
        if (successor.first > this.#offset) return this.#gapTo(successor.first);
      } else if (!(await this.#list()).some(isNewer)) {
        if (segment.isLost) await this.close();
        else if (!isReached) throw this.#endsBefore(segment.offset);
        return undefined;
      }
    }
  }

  async close(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    await segment?.close();
  }

  /** Undefined when it has been deleted since the segments were listed. */
  async #open(file: SegmentFile): Promise<Segment | undefined> {
    try {
      return await Segment.open(file, this.#start.buffer);
    } catch (error) {
      if ((await this.#list()).some(({ first }) => first === file.first)) throw error;
      return undefined;
    }
  }

  async #list(): Promise<readonly SegmentFile[]> {
    this.#files = await segmentsIn(this.#start.folder);
    this.#listedMs = performance.now();
    const newest = this.#files.at(-1);
    this.#end = newest === undefined ? NOWHERE : { first: newest.first, size: (await stat(newest.path)).size };
    // Retention may have taken everything up to the end that was noted.
    if (newest === undefined && this.#until !== undefined) this.#until = NOWHERE;
    return this.#files;
  }

  #limitIn({ first }: Segment): number {
    if (this.#until === undefined || first < this.#until.first) return Infinity;
    return first === this.#until.first ? this.#until.size : 0;
  }

  #give({ bytes, count, starts, ends, length }: SegmentLines): SourceEvent {
    const first = this.#offset!;
    const next = first + count;
    const offsets = this.#start.buffer.offsets.subarray(0, count);
    for (let i = 0; i < count; i++) offsets[i] = first + i;
    this.#offset = next;
    this.#linesGiven += count;
    this.#bytesGiven += length;
    return { kind: 'lines', chunk: { partition: this.#start.number, bytes, count, starts, ends, offsets, next } };
  }

  #gapTo(to: number): SourceEvent {
    const from = this.#offset!;
    this.#offset = to;
    return { kind: 'gap', partition: this.#start.number, from, to };
  }

  #endsBefore(end: number): MatineeError {
    const { number, folder } = this.#start;
    const message = `the log in ${folder} ends at offset ${end}, before ${this.#offset}, where reading has to go on`;
    return new MatineeError('format-invalid', message, {
      hint: 'It was cut off or replaced: restore it, or read the new log into a fresh data directory.',
      fields: { partition: number },
    });
  }
}
