/** The arena never hands out overlapping regions and forgets nothing that is freed. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { createArena } from '../../src/engine/arena.js';

it('hands out aligned, zeroed regions that do not overlap, in any order of allocating and freeing', () => {
  const steps = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 3_000_000 }), freed: fc.nat() }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (sequence) => {
      const arena = createArena();
      const live: { start: number; bytes: number }[] = [];
      for (const { bytes, freed } of sequence) {
        if (live.length > 0 && freed % 3 === 0) arena.free(live.splice(freed % live.length, 1)[0]!.start);
        const start = unwrap(arena.allocate(bytes));
        const region = new Uint8Array(arena.memory.buffer, start, bytes);
        expect([start % 64, region[0], region[bytes - 1]]).toEqual([0, 0, 0]);
        region[0] = region[bytes - 1] = 1;
        for (const other of live) expect(start + bytes <= other.start || other.start + other.bytes <= start).toBe(true);
        live.push({ start, bytes });
      }
      for (const { start } of live) arena.free(start);
      expect(arena.used()).toBe(0);
    }),
    { numRuns: 50 },
  );
});

it('uses freed room again instead of growing', () => {
  const arena = createArena();
  const regions = Array.from({ length: 10 }, () => unwrap(arena.allocate(1_000_000)));
  const size = arena.memory.buffer.byteLength;
  for (const region of regions) arena.free(region);
  unwrap(arena.allocate(9_000_000));
  expect(arena.memory.buffer.byteLength).toBe(size);
});

it('refuses what 4 GiB cannot hold, with a hint', () => {
  const result = createArena().allocate(5e9);
  expect(result.ok ? null : [result.error.code, result.error.hint]).toEqual(['memory-full', expect.any(String)]);
});
