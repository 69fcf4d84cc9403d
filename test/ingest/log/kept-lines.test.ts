/** A batch's lines outlive the chunk they came in, whatever becomes of its memory. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptLines } from '../../../src/ingest/log/kept-lines.js';
import { chunkOf } from './lines.js';

const LINES = 200;

const piece = fc.record({
  partition: fc.nat(3),
  first: fc.nat(1000),
  lines: fc.array(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 6 }),
  cut: fc.tuple(fc.nat(5), fc.nat(5)),
});
const batches = fc.array(fc.array(piece, { maxLength: LINES / 10 }), { maxLength: 4 });

test('every line is kept as it was, also when its chunk is overwritten and when there are more bytes than expected', () => {
  fc.assert(
    fc.property(batches, fc.nat(80), (batches, room) => {
      const kept = new KeptLines(LINES, room);
      for (const pieces of batches) {
        const expected = [];
        for (const { partition, first, lines, cut } of pieces) {
          const chunk = chunkOf(partition, first, lines);
          const [from, to] = cut.map((at) => at % (lines.length + 1)).sort((a, b) => a - b) as [number, number];
          kept.add(chunk, from, to);
          for (let i = from; i < to; i++) expected.push({ partition, offset: first + i, text: lines[i] });
          for (const lent of [chunk.bytes, chunk.starts, chunk.ends, chunk.offsets]) lent.fill(0x3f);
        }
        const found = expected.map((_, line) => {
          const { partition, offset, bytes } = kept.at(line);
          return { partition, offset, text: Buffer.from(bytes).toString() };
        });
        expect(found).toEqual(expected);
        kept.clear();
        expect(kept.bytes).toBe(0);
      }
    }),
  );
});

test('after clear the same memory is used again', () => {
  const kept = new KeptLines(4, 100);
  kept.add(chunkOf(0, 0, ['first']), 0, 1);
  const before = kept.at(0).bytes;
  kept.clear();
  kept.add(chunkOf(0, 1, ['again']), 0, 1);
  expect(kept.at(0).bytes.buffer).toBe(before.buffer);
  expect(Buffer.from(before).toString()).toBe('again');
});
