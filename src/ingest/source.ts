/** What a place that log lines come from can do: the log directory and Kafka are both one, with the same semantics. */

import type { MatineeError } from '../core/errors.js';

/**
 * Some lines of one partition, in order. Bytes and arrays are lent until the next pull, when the source may use them again: a
 * consumer copies what it keeps.
 */
export interface LineChunk {
  readonly partition: number;
  readonly bytes: Uint8Array;
  /** Lines; the length of the three arrays below. */
  readonly count: number;
  /** Line i is `bytes[starts[i], ends[i])`, without its LF and without a CR before it. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Of line i; strictly ascending. Kafka's may have gaps. A message without a value is an empty line. */
  readonly offsets: Float64Array;
  /** The offset to go on with after this chunk. */
  readonly next: number;
}

export type SourceEvent =
  | { readonly kind: 'lines'; readonly chunk: LineChunk }
  /** Nothing new for some 50 ms: commit what you have. */
  | { readonly kind: 'idle' }
  /** Only with `untilEnd`: all up to the end, as it was at the start, has been given. Said again by every later pull. */
  | { readonly kind: 'end' }
  /** The lines `[from, to)` are gone before we read them, mostly through retention; what follows begins at `to`. */
  | { readonly kind: 'gap'; readonly partition: number; readonly from: number; readonly to: number }
  /** Something is in the way, of one partition or of all; the source keeps trying and goes on with what it can read. */
  | { readonly kind: 'fault'; readonly error: MatineeError }
  /** Nothing is in the way any more. */
  | { readonly kind: 'recovered' };

/** A number is a time in ms since 1970: the first line at or after it. `committed`: the stored position, else earliest. */
export type StartAt = 'earliest' | 'latest' | 'committed' | number;

export interface SourceOptions {
  /** Where a partition without a stored position begins; a stored one always wins. */
  readonly from: StartAt;
  /** Ends where the log ended when it was opened, instead of following it. */
  readonly untilEnd: boolean;
  /** The next offset of each partition that is stored. */
  readonly positions: ReadonlyMap<number, number>;
}

export interface Source {
  /** Kafka's topic; of a directory the last part of its absolute path. */
  readonly topic: string;
  /** The next thing that happens. One call at a time; not calling it is the back pressure. Never rejects. */
  pull(): Promise<SourceEvent>;
  /** Lines not yet given, by partition; in places an estimate. */
  lag(): ReadonlyMap<number, number>;
  /** Tells what is safely stored, for tools that watch the source; the positions that count are the consumer's. */
  committed(positions: ReadonlyMap<number, number>): void;
  close(): Promise<void>;
}
