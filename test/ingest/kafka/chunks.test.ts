/** Messages as chunks of lines, without a broker. */

import fc from 'fast-check';
import type { KafkaMessage } from 'kafkajs';
import { expect, test } from 'vitest';
import { chunksOf } from '../../../src/ingest/kafka/chunks.js';

const line = fc.option(
  fc.string().filter((text) => !/[\r\n]$/.test(text)),
  { nil: null },
);
const ending = fc.constantFrom('', '\n', '\r\n');
/** Record batches, each of which lies in a buffer of its own; the holes are offsets without a message. */
const batches = fc.array(fc.array(fc.record({ line, ending, hole: fc.nat(2) }), { minLength: 1 }), { minLength: 1 });

test('every message is one line at its offset, in as many chunks as there are buffers', () => {
  fc.assert(
    fc.property(batches, fc.nat(1_000_000), (drawn, first) => {
      let offset = first;
      const messages = drawn.flatMap((batch) => {
        const buffer = Buffer.from(batch.map(({ line, ending }) => (line === null ? '' : line + ending)).join(''));
        let start = 0;
        return batch.map(({ line, ending, hole }) => {
          const end = start + (line === null ? 0 : Buffer.byteLength(line + ending));
          const value = line === null ? null : buffer.subarray(start, end);
          start = end;
          return { offset: String((offset += 1 + hole)), value } as KafkaMessage;
        });
      });
      const chunks = chunksOf(3, messages, offset + 5);

      const lines = chunks.flatMap(({ bytes, count, starts, ends, offsets }) =>
        Array.from({ length: count }, (_, i) => [
          offsets[i],
          Buffer.from(bytes.subarray(starts[i], ends[i])).toString(),
        ]),
      );
      const drawnLines = drawn.flat().map(({ line }) => Buffer.from(line ?? '').toString());
      expect(lines).toEqual(messages.map((message, i) => [Number(message.offset), drawnLines[i]]));
      const nexts = [...chunks.slice(1).map(({ offsets }) => offsets[0]), offset + 5];
      expect(chunks.map(({ next }) => next)).toEqual(nexts);
      for (const { bytes, partition } of chunks) {
        expect(partition).toBe(3);
        if (bytes.length > 0) expect(messages.some(({ value }) => value?.buffer === bytes.buffer)).toBe(true);
      }
      expect(chunks.length).toBeLessThanOrEqual(drawn.length);
    }),
  );
});
