/** What the thread that reads a topic and the thread that stores its lines say to each other. */

import { MatineeError } from '../../core/errors.js';
import type { LineChunk, SourceEvent, SourceOptions } from '../source.js';
import type { KafkaAddress } from './address.js';
import type { KafkaTimings } from './session.js';

export interface ReadingOrder extends SourceOptions {
  readonly address: KafkaAddress;
  /** The usual ones, when undefined. */
  readonly timings: KafkaTimings | undefined;
}

export type ToReader =
  /** An event of this weight was pulled: as much more may be sent ahead. */
  | { readonly kind: 'taken'; readonly weight: number }
  | { readonly kind: 'committed'; readonly positions: ReadonlyMap<number, number> }
  | { readonly kind: 'close' };

export interface FromReader {
  readonly event: PlainEvent;
  readonly weight: number;
  /** With this event: the next offset to give, and the lines not yet given. Empty until the topic has been seen. */
  readonly given: ReadonlyMap<number, number>;
  readonly lag: ReadonlyMap<number, number>;
}

/** An event as it can travel: of a class, structured cloning would leave the message alone. */
export type PlainEvent =
  Exclude<SourceEvent, { kind: 'fault' }> | { readonly kind: 'fault'; readonly error: PlainError };
type PlainError = Pick<MatineeError, 'code' | 'message' | 'hint' | 'fields'>;

/** What the smallest event counts: what is sent ahead is bounded in number too. */
const weightMin = 64 * 1024;

export const weightOf = (event: SourceEvent): number =>
  Math.max(event.kind === 'lines' ? event.chunk.bytes.length : 0, weightMin);

/** The event for the other thread, and the buffers that go over to it instead of being copied. */
export function packed(event: SourceEvent): { readonly event: PlainEvent; readonly transfer: ArrayBuffer[] } {
  if (event.kind === 'lines') {
    const chunk = detached(event.chunk);
    const { bytes, starts, ends, offsets } = chunk;
    const transfer = [bytes, starts, ends, offsets].map(({ buffer }) => buffer as ArrayBuffer);
    return { event: { kind: 'lines', chunk }, transfer };
  }
  if (event.kind !== 'fault') return { event, transfer: [] };
  const { code, message, hint, fields } = event.error;
  return { event: { kind: 'fault', error: { code, message, hint, fields } }, transfer: [] };
}

export function unpacked(event: PlainEvent): SourceEvent {
  if (event.kind !== 'fault') return event;
  const { code, message, hint, fields } = event.error;
  return { kind: 'fault', error: new MatineeError(code, message, { ...(hint !== undefined && { hint }), fields }) };
}

/** With bytes of its own: they are a part of a response that other chunks are parts of too. */
const detached = (chunk: LineChunk) => ({ ...chunk, bytes: chunk.bytes.slice() });
