/** The quarantine: what it keeps, in which order it forgets, and that its counts are those of its lines. */

import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import {
  LINE_BYTES_KEPT_MAX,
  openQuarantine,
  QUARANTINE_BYTES_MAX,
  QUARANTINE_LINES_MAX,
  type Quarantine,
  type RejectedLine,
} from '../../src/ingest/quarantine.js';

let folder: string;
let quarantine: Quarantine;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'matinee-')), 'quarantine');
  quarantine = unwrap(openQuarantine(folder));
});
afterEach(async () => {
  await quarantine.close();
  await rm(join(folder, '..'), { recursive: true });
});

const line = (offset: number, fields: Partial<RejectedLine> = {}): RejectedLine => ({
  ...{ topic: 'movielog', partition: 0, offset, reason: 'user', bytes: Buffer.from(`line ${offset}`) },
  ...fields,
});

const offsetsOf = (query: { reason?: string; limit: number }): number[] =>
  quarantine.list(query).map(({ offset }) => offset);

test('a line keeps its topic, place, reason and bytes, whatever they are', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  quarantine.add([line(7, { partition: 1, bytes, reason: 'not-utf8' }), line(0, { bytes: new Uint8Array(0) })]);
  await quarantine.close();
  quarantine = unwrap(openQuarantine(folder, { readOnly: true }));
  const kept = quarantine.get({ partition: 1, offset: 7 })!;
  expect({ ...kept, bytes: [...kept.bytes] }).toEqual({
    ...{ topic: 'movielog', partition: 1, offset: 7, reason: 'not-utf8', bytes: [...bytes], length: 256 },
  });
  expect(quarantine.get({ partition: 0, offset: 0 })).toMatchObject({ length: 0 });
  expect(quarantine.get({ partition: 0, offset: 7 })).toBeUndefined();
  expect(quarantine.counts()).toEqual(new Map([['not-utf8', 1], ['user', 1]])); // prettier-ignore
});

test('lists the newest first, of one reason or of all', () => {
  quarantine.add([line(5), line(1, { partition: 3, reason: 'time' })]);
  quarantine.add([line(4), line(2, { reason: 'time' })]);
  expect(offsetsOf({ limit: 10 })).toEqual([2, 4, 1, 5]);
  expect(offsetsOf({ limit: 3 })).toEqual([2, 4, 1]);
  expect(offsetsOf({ limit: 1, reason: 'user' })).toEqual([4]);
  expect(offsetsOf({ limit: 9, reason: 'film' })).toEqual([]);
});

test('a line that is delivered again is one line, with the reason it was given last', () => {
  quarantine.add([line(1), line(2)]);
  quarantine.add([line(1), line(1, { reason: 'film' })]);
  expect(offsetsOf({ limit: 10 })).toEqual([2, 1]);
  expect(quarantine.counts()).toEqual(new Map([['film', 1], ['user', 1]])); // prettier-ignore
});

test('of a long line the beginning is kept, and how long it was', () => {
  quarantine.add([line(1, { bytes: Buffer.alloc(1 << 20, 'x'), reason: 'line-too-long' })]);
  const kept = quarantine.get({ partition: 0, offset: 1 })!;
  expect([kept.bytes.length, kept.length]).toEqual([LINE_BYTES_KEPT_MAX, 1 << 20]);
});

test('beyond 200,000 lines the oldest leave', () => {
  const batch = (from: number, to: number): RejectedLine[] =>
    Array.from({ length: to - from }, (_, i) => line(from + i, { reason: from + i < 100 ? 'time' : 'user' }));
  quarantine.add(batch(0, QUARANTINE_LINES_MAX));
  expect(quarantine.get({ partition: 0, offset: 0 })).toBeDefined();
  quarantine.add(batch(QUARANTINE_LINES_MAX, QUARANTINE_LINES_MAX + 30));
  expect(quarantine.get({ partition: 0, offset: 29 })).toBeUndefined();
  expect(quarantine.get({ partition: 0, offset: 30 })).toBeDefined();
  expect(quarantine.counts()).toEqual(new Map([['time', 70], ['user', QUARANTINE_LINES_MAX - 70]])); // prettier-ignore
});

test('beyond 64 MiB too, and the file stays within twice that', async () => {
  const bytes = Buffer.alloc(LINE_BYTES_KEPT_MAX, 'x');
  const lines = Math.floor(QUARANTINE_BYTES_MAX / LINE_BYTES_KEPT_MAX);
  for (let from = 0; from < 2 * lines; from += 4096) {
    quarantine.add(Array.from({ length: 4096 }, (_, i) => line(from + i, { bytes })));
  }
  expect(quarantine.counts()).toEqual(new Map([['user', lines]]));
  expect((await stat(join(folder, 'data.mdb'))).size).toBeLessThan(2 * QUARANTINE_BYTES_MAX);
});

test('whatever is added and removed, the counts are those of the lines', () => {
  const key = { partition: fc.nat(1), offset: fc.nat(6) };
  const step = fc.record({
    add: fc.array(fc.record({ ...key, reason: fc.constantFrom('user', 'time', 'film') }), { maxLength: 4 }),
    remove: fc.array(fc.record(key), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      quarantine.remove(quarantine.list({ limit: Infinity }));
      expect(quarantine.counts()).toEqual(new Map());
      const model = new Map<string, string>();
      for (const { add, remove } of steps) {
        quarantine.add(add.map((fields) => line(0, fields)));
        for (const { partition, offset, reason } of add) model.set(`${partition}:${offset}`, reason);
        quarantine.remove(remove);
        for (const { partition, offset } of remove) model.delete(`${partition}:${offset}`);
      }
      const kept = quarantine.list({ limit: Infinity });
      expect(new Map(kept.map(({ partition, offset, reason }) => [`${partition}:${offset}`, reason]))).toEqual(model);
      for (const reason of ['user', 'time', 'film']) {
        const lines = [...model.values()].filter((other) => other === reason).length;
        expect(quarantine.counts().get(reason)).toBe(lines === 0 ? undefined : lines);
      }
    }),
    { numRuns: 30 },
  );
});

test('a quarantine that is not there, or is none, is said in words', async () => {
  const nowhere = openQuarantine(join(folder, 'nowhere'), { readOnly: true });
  expect(nowhere).toMatchObject({ ok: false, error: { code: 'data-missing' } });
  const foreign = join(folder, '..', 'foreign');
  await quarantine.close();
  await rm(folder, { recursive: true });
  await mkdir(foreign);
  await writeFile(join(foreign, 'data.mdb'), Buffer.alloc(9000, 'x'));
  expect(openQuarantine(foreign)).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  quarantine = unwrap(openQuarantine(folder));
});
