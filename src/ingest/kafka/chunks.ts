/**
 * Messages of a batch as chunks of lines, without copying: kafkajs hands out values as views into the response, and a chunk
 * is a run of values that lie in ascending order in one buffer. An uncompressed batch is one run, a compressed one a run for
 * each record batch inside.
 */

import type { KafkaMessage } from 'kafkajs';
import type { LineChunk } from '../source.js';

const LF = 10;
const CR = 13;

/** `next` is the offset to go on with after the last message; there is at least one message. */
export function chunksOf(partition: number, messages: readonly KafkaMessage[], next: number): LineChunk[] {
  const chunks: LineChunk[] = [];
  const offsetOf = offsetReader(messages);
  for (let from = 0; from < messages.length;) {
    const to = endOfRun(messages, from);
    chunks.push(chunkOf(partition, messages, from, to, offsetOf, to < messages.length ? offsetOf(to) : next));
    from = to;
  }
  return chunks;
}

/** A chunk without lines: only the position moves (transaction markers, aborted transactions). */
export function emptyChunk(partition: number, next: number): LineChunk {
  return {
    partition,
    bytes: new Uint8Array(0),
    count: 0,
    starts: new Uint32Array(0),
    ends: new Uint32Array(0),
    offsets: new Float64Array(0),
    next,
  };
}

/** Reading a decimal text for each message costs as much as all else here, and offsets mostly run on without a hole. */
function offsetReader(messages: readonly KafkaMessage[]): (index: number) => number {
  const first = Number(messages[0]!.offset);
  const withoutHoles = Number(messages.at(-1)!.offset) - first === messages.length - 1;
  return withoutHoles ? (index) => first + index : (index) => Number(messages[index]!.offset);
}

/** Index behind the last message whose value follows the earlier ones in the same buffer; those without value fit in. */
function endOfRun(messages: readonly KafkaMessage[], from: number): number {
  let buffer: ArrayBufferLike | undefined;
  let end = 0;
  let index = from;
  for (; index < messages.length; index += 1) {
    const value = messages[index]!.value;
    if (value === null) continue;
    if (buffer !== undefined && (value.buffer !== buffer || value.byteOffset < end)) break;
    buffer = value.buffer;
    end = value.byteOffset + value.length;
  }
  return index;
}

function chunkOf(
  partition: number,
  messages: readonly KafkaMessage[],
  from: number,
  to: number,
  offsetOf: (index: number) => number,
  next: number,
): LineChunk {
  const count = to - from;
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  const offsets = new Float64Array(count);
  let buffer: ArrayBufferLike = new ArrayBuffer(0);
  let base = -1;
  let last = 0;
  for (let line = 0; line < count; line += 1) {
    offsets[line] = offsetOf(from + line);
    const value = messages[from + line]!.value;
    if (value === null || value.length === 0) continue;
    if (base < 0) {
      buffer = value.buffer;
      base = value.byteOffset;
    }
    let length = value.length;
    last = value.byteOffset + length - base;
    if (value[length - 1] === LF) {
      length -= 1;
      if (length > 0 && value[length - 1] === CR) length -= 1;
    }
    starts[line] = value.byteOffset - base;
    ends[line] = starts[line]! + length;
  }
  return { partition, bytes: new Uint8Array(buffer, Math.max(base, 0), last), count, starts, ends, offsets, next };
}
