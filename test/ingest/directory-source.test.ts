/** The log directory as a source, against real files that are appended to, cut, deleted and damaged. */

import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDirectorySource } from '../../src/ingest/directory-source.js';
import { ChunkBuffer } from '../../src/ingest/directory/chunk-buffer.js';
import { segmentName } from '../../src/ingest/directory/layout.js';
import { Partition } from '../../src/ingest/directory/partition.js';
import { LINE_BYTES_GIVEN_MAX } from '../../src/ingest/directory/segment.js';
import type { SourceEvent } from '../../src/ingest/source.js';
import { LogLine } from '../../src/world/log-line.js';
import { linesOf, open, PartitionWriter, pullCopy, pullUntil, readAll, type Line } from './log-directory.js';

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'matinee-'))));
afterEach(() => rm(directory, { recursive: true }));

const texts = (lines: readonly Line[]): string[] => lines.map(({ text }) => text);
const offsets = (lines: readonly Line[]): number[] => lines.map(({ offset }) => offset);
const lineAt = (second: number): string =>
  `2026-01-01T00:00:${String(second).padStart(2, '0')},7,GET /create_account\n`;
const partitionIn = (folder: string, buffer: ChunkBuffer, number = 0): Partition =>
  new Partition({ number, folder, buffer, position: 0, from: 'earliest', untilEnd: false, line: new LogLine() });
const from = (position: number, partition = 0) => ({ positions: new Map([[partition, position]]) });

/** A fresh folder below, for properties that run many times. */
let folders = 0;
const fresh = (): string => join(directory, `run${folders++}`);

const partition = fc.nat(2);
const text = fc.string({ unit: fc.constantFrom('a', ',', ' ', 'ÿ'), maxLength: 9 });
const step = fc.oneof(
  fc.record({
    do: fc.constant('append' as const),
    partition,
    lines: fc.array(text, { maxLength: 5 }),
    end: fc.constantFrom('\n', '\r\n'),
    /** A line that the next append ends. */
    unended: fc.oneof(fc.constant(''), text),
  }),
  fc.record({ do: fc.constant('cut' as const), partition }),
  fc.record({ do: fc.constant('drop' as const), partition }),
  fc.record({ do: fc.constant('read' as const), pulls: fc.integer({ min: 1, max: 4 }) }),
  // So many lines were given and not stored yet.
  fc.record({ do: fc.constant('kill' as const), unstored: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)) }),
);

test('whatever the writer does and wherever the reader is killed: every line once, in order, or a gap that says so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const folder = fresh();
      await mkdir(folder);
      const writers = [0, 1, 2].map((number) => new PartitionWriter(folder, number));
      const written = writers.map((): string[] => []);
      const unended = writers.map(() => '');
      const positions = new Map<number, number>();
      const seen = writers.map((): (string | undefined)[] => []);
      const options = { positions };

      const take = (event: SourceEvent): void => {
        if (event.kind === 'gap') {
          expect(event.from).toBe(positions.get(event.partition) ?? 0);
          for (let offset = event.from; offset < event.to; offset++) seen[event.partition]!.push(undefined);
          positions.set(event.partition, event.to);
        }
        for (const { partition: number, offset, text } of linesOf(event)) {
          // Where nothing was stored, retention is nothing to speak of: reading begins at what there is.
          if (!positions.has(number)) while (seen[number]!.length < offset) seen[number]!.push(undefined);
          expect(offset).toBe(seen[number]!.length);
          seen[number]!.push(text);
          positions.set(number, offset + 1);
        }
      };

      let source = await open(folder, options);
      for (const step of steps) {
        if (step.do === 'append') {
          const all = [unended[step.partition]! + (step.lines[0] ?? ''), ...step.lines.slice(1)];
          if (step.lines.length === 0) unended[step.partition]! += step.unended;
          else {
            written[step.partition]!.push(...all);
            unended[step.partition] = step.unended;
          }
          const ended = step.lines.map((line) => line + step.end).join('');
          await writers[step.partition]!.append(Buffer.from(ended + step.unended, 'latin1'));
        } else if (step.do === 'cut') {
          const before = writers[step.partition]!.segments.length;
          await writers[step.partition]!.cut();
          if (writers[step.partition]!.segments.length > before) unended[step.partition] = '';
        } else if (step.do === 'drop') await writers[step.partition]!.dropOldest();
        else if (step.do === 'read') {
          for (let i = 0; i < step.pulls; i++) {
            const event = await source.pull();
            if (event.kind === 'idle') break;
            take(event);
          }
        } else {
          await source.close();
          for (const [number, position] of positions) {
            const stored = Math.max(0, position - step.unstored[number]!);
            positions.set(number, stored);
            seen[number]!.length = stored;
          }
          source = await open(folder, options);
        }
      }
      await source.close();

      source = await open(folder, { ...options, untilEnd: true });
      for (const event of await pullUntil(source, 'end')) take(event);
      expect([...source.lag().values()].every((lag) => lag === 0)).toBe(true);
      await source.close();
      for (const number of [0, 1, 2]) {
        const oldest = writers[number]!.segments[0] ?? 0;
        if (!positions.has(number)) expect(oldest).toBe(written[number]!.length);
        else
          expect(seen[number]!.map((text, i) => text ?? (i < oldest ? written[number]![i] : 'lost'))).toEqual(
            written[number],
          );
      }
    }),
    { numRuns: 40 },
  );
});

test('a position anywhere in a log of many segments goes on with exactly that line', async () => {
  const writer = new PartitionWriter(directory, 0);
  for (let offset = 0; offset < 40; offset++) {
    if (offset % 7 === 0) await writer.cut();
    await writer.append(`line ${offset}\n`);
  }
  const all = Array.from({ length: 40 }, (_, offset) => offset);
  for (const position of [...all, 40]) {
    const lines = await readAll(directory, from(position));
    expect(offsets(lines)).toEqual(all.slice(position));
    expect(texts(lines)).toEqual(all.slice(position).map((offset) => `line ${offset}`));
  }
});

test('a line is read once it has ended; CR before LF is dropped, any other is not', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\r\n\r\n\nb\rc\nunen');
  const source = await open(directory);
  expect(texts((await pullUntil(source, 'idle')).flatMap(linesOf))).toEqual(['a', '', '', 'b\rc']);
  expect(await source.pull()).toEqual({ kind: 'idle' });
  await writer.append('ded');
  expect(await source.pull()).toEqual({ kind: 'idle' });
  await writer.append(' at last\r\n');
  expect((await pullUntil(source, 'idle')).flatMap(linesOf)).toEqual([
    { partition: 0, offset: 4, text: 'unended at last' },
  ]);
  await source.close();
});

test('follows: new lines, a new segment, a new partition, and a new segment in an emptied folder', async () => {
  const first = new PartitionWriter(directory, 0);
  await first.append('a\n');
  const source = await open(directory);
  const news = async (): Promise<string[]> => texts((await pullUntil(source, 'idle')).flatMap(linesOf));
  expect(await news()).toEqual(['a']);
  await first.append('b\n');
  expect(await news()).toEqual(['b']);
  await first.cut();
  await first.append('c\n');
  expect(await news()).toEqual(['c']);
  await new PartitionWriter(directory, 12).append('d\n');
  expect(await news()).toEqual(['d']);
  for (const segment of first.segments) await rm(first.pathOf(segment));
  expect(await news()).toEqual([]);
  first.segments.length = 0;
  await first.append('e\n');
  expect(await news()).toEqual(['e']);
  expect(source.lag()).toEqual(new Map([[0, 0], [12, 0]])); // prettier-ignore
  await source.close();
});

test('a segment that grows and ends between two looks: no line is passed over', async () => {
  const folder = join(directory, '0');
  const segment = (first: number): string => join(folder, segmentName(first));
  await mkdir(folder);
  await writeFile(segment(0), '');
  const partition = partitionIn(folder, new ChunkBuffer());
  const LINES = 500;
  const lines: Line[] = [];
  let written = 0;
  const writing = (async () => {
    for (let line = 0; line < LINES; line = ++written) {
      // What is deleted below has been read: a reader that is slow for once is not what is tested.
      while (line - lines.length > 50) await sleep(1);
      // Both at once, as far as a reader on this thread can see.
      appendFileSync(segment(line), `line ${line}\n`);
      writeFileSync(segment(line + 1), '');
      if (line >= 60) rmSync(segment(line - 60));
      await sleep(1);
    }
  })();
  let gaps = 0;
  for (;;) {
    const isLast = written === LINES;
    const event = await partition.next();
    if (event?.kind === 'gap') gaps++;
    else if (event !== undefined) lines.push(...linesOf(event));
    else if (isLast) break;
  }
  await writing;
  await partition.close();
  expect(gaps).toBe(0);
  expect(texts(lines)).toEqual(Array.from({ length: LINES }, (_, line) => `line ${line}`));
});

test('retention before the reader came is a gap; what was open when it was deleted is still read', async () => {
  const writer = new PartitionWriter(directory, 3);
  for (const text of ['a\nb\n', 'c\nd\n', 'e\n']) {
    await writer.cut();
    await writer.append(text);
  }
  const source = await open(directory, from(1, 3));
  const events = [await pullCopy(source)];
  await writer.append('f\n');
  await writer.dropOldest();
  await writer.dropOldest();
  events.push(...(await pullUntil(source, 'idle')));
  expect(events.filter(({ kind }) => kind !== 'lines')).toEqual([{ kind: 'gap', partition: 3, from: 2, to: 4 }]);
  expect(offsets(events.flatMap(linesOf))).toEqual([1, 4, 5]);
  await source.close();

  const later = await open(directory, { ...from(0, 3), untilEnd: true });
  expect(await later.pull()).toEqual({ kind: 'gap', partition: 3, from: 0, to: 4 });
  expect(texts((await pullUntil(later, 'end')).flatMap(linesOf))).toEqual(['e', 'f']);
  await later.close();
});

test('lines that a segment lacks are a gap; without a position none is', async () => {
  await new PartitionWriter(directory, 0).append('a\nb\ntorn');
  await new PartitionWriter(directory, 0, 5).append('f\n');
  const source = await open(directory, { untilEnd: true });
  const events = await pullUntil(source, 'end');
  expect(events[1]).toEqual({ kind: 'gap', partition: 0, from: 2, to: 5 });
  expect(offsets(events.flatMap(linesOf))).toEqual([0, 1, 5]);
  await source.close();
  expect(offsets(await readAll(directory, from(4)))).toEqual([5]);
});

test('untilEnd ends where the log ended when it was opened, also in a line that ended later', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\nb');
  await mkdir(join(directory, '1'));
  const source = await open(directory, { untilEnd: true });
  await writer.append('\nc\n');
  await writer.cut();
  await writer.append('d\n');
  await new PartitionWriter(directory, 1).append('e\n');
  await new PartitionWriter(directory, 2).append('f\n');
  expect(texts((await pullUntil(source, 'end')).flatMap(linesOf))).toEqual(['a']);
  expect(await source.pull()).toEqual({ kind: 'end' });
  await source.close();
});

test('untilEnd: when retention takes the end that was noted, nothing that came later is given', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\n');
  const source = await open(directory, { untilEnd: true });
  await writer.cut();
  await writer.append('b\n');
  await writer.dropOldest();
  expect((await pullUntil(source, 'end')).flatMap(linesOf)).toEqual([]);
  await source.close();
});

test('latest begins at the end of what there is, a time at the first line from then on, a stored position beats both', async () => {
  const writer = new PartitionWriter(directory, 0);
  for (const seconds of [[10, 11, 12], [20, 19, 21], [30]]) {
    await writer.cut();
    await writer.append(`2026-01-01T00:0\n${seconds.map(lineAt).join('')}`);
  }
  const at = (second: number): number => Date.UTC(2026, 0, 1, 0, 0, second);
  const firstFrom = async (second: number): Promise<number | undefined> =>
    (await readAll(directory, { from: at(second) }))[0]?.offset;
  expect(await Promise.all([0, 10, 11, 13, 19, 20, 21, 22, 30, 31].map(firstFrom))).toEqual(
    // Offsets 0, 4 and 8 hold the lines that are none.
    [0, 0, 2, 4, 4, 4, 7, 8, 8, undefined],
  );
  expect(offsets(await readAll(directory, { from: 'latest' }))).toEqual([]);
  expect(offsets(await readAll(directory, { from: 'latest', ...from(9) }))).toEqual([9]);
  expect(offsets(await readAll(directory, { from: 'earliest', ...from(9) }))).toEqual([9]);

  const source = await open(directory, { from: 'latest' });
  await writer.append('new\n');
  await new PartitionWriter(directory, 1).append('new too\n');
  expect(texts((await pullUntil(source, 'idle')).flatMap(linesOf)).sort()).toEqual(['new', 'new too']);
  await source.close();
});

test('what is not named like a partition or a segment is not read', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\n');
  for (const name of [
    '1.log',
    '00000000000000000001.log.tmp',
    '0000000000000000000x.log',
    '99999999999999999999.log',
  ]) {
    await writeFile(join(writer.folder, name), 'no\n');
  }
  await mkdir(join(directory, '01'));
  await mkdir(join(directory, 'lost+found'));
  await writeFile(join(directory, '7'), 'no\n');
  const source = await open(directory, { untilEnd: true });
  expect(texts((await pullUntil(source, 'end')).flatMap(linesOf))).toEqual(['a']);
  expect([...source.lag().keys()]).toEqual([0]);
  await source.close();
});

test('long lines go through whole up to a bound, beyond it cut, and the next line keeps its offset', async () => {
  const writer = new PartitionWriter(directory, 0);
  const long = 'x'.repeat(3 << 20);
  await writer.append(`a\n${long}\r\nb\n`);
  const source = await open(directory);
  const lines = (await pullUntil(source, 'idle')).flatMap(linesOf);
  expect(offsets(lines)).toEqual([0, 1, 2]);
  expect(lines[1]!.text === long).toBe(true);
  for (let i = 0; i < 3; i++) {
    await writer.append('y'.repeat(LINE_BYTES_GIVEN_MAX >> 1));
    expect(await source.pull()).toEqual({ kind: 'idle' });
  }
  await writer.append('\nc\n');
  const rest = (await pullUntil(source, 'idle')).flatMap(linesOf);
  expect(offsets(rest)).toEqual([3, 4]);
  expect(rest[0]!.text === 'y'.repeat(LINE_BYTES_GIVEN_MAX)).toBe(true);
  expect(rest[1]!.text).toBe('c');
  await source.close();
  expect(texts(await readAll(directory, from(4)))).toEqual(['c']);
});

test('partitions that share one small buffer give every line whole, long ones too', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'b', 'ÿ'), maxLength: 40 });
  const logs = fc.array(fc.array(line, { maxLength: 30 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(logs, fc.integer({ min: 1, max: 64 }), async (logs, size) => {
      const folder = fresh();
      const buffer = new ChunkBuffer(size);
      const partitions: Partition[] = [];
      for (const [number, lines] of logs.entries()) {
        const writer = new PartitionWriter(folder, number);
        await writer.append(Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'));
        partitions.push(partitionIn(writer.folder, buffer, number));
      }
      const given = logs.map((): string[] => []);
      for (let newer = true; newer;) {
        newer = false;
        for (const [number, partition] of partitions.entries()) {
          const event = await partition.next();
          if (event === undefined) continue;
          newer = true;
          given[number]!.push(...texts(linesOf(event)));
        }
      }
      for (const partition of partitions) await partition.close();
      expect(given).toEqual(logs);
    }),
    { numRuns: 40 },
  );
});

test('the next chunk is read into the memory of the last one', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append(`${'z'.repeat(63)}\n`.repeat(1 << 15));
  const source = await open(directory, { untilEnd: true });
  const memory = new Set<ArrayBufferLike>();
  let chunks = 0;
  for (let event = await source.pull(); event.kind === 'lines'; event = await source.pull()) {
    chunks++;
    for (const { buffer } of [event.chunk.bytes, event.chunk.starts, event.chunk.ends, event.chunk.offsets]) {
      memory.add(buffer);
    }
  }
  expect(chunks).toBe(2);
  expect(memory.size).toBe(4);
  await source.close();
});

test('partitions advance together, and their lag goes down to nothing', async () => {
  const line = `${'z'.repeat(63)}\n`;
  for (const number of [0, 1]) {
    const writer = new PartitionWriter(directory, number);
    for (let i = 0; i < 4; i++) {
      await writer.cut();
      await writer.append(line.repeat(1 << 14));
    }
  }
  const source = await open(directory);
  expect(source.lag()).toEqual(new Map([[0, 1 << 16], [1, 1 << 16]])); // prettier-ignore
  const given = [0, 0];
  for (let event = await source.pull(); event.kind === 'lines'; event = await source.pull()) {
    given[event.chunk.partition]! += event.chunk.count;
    expect(Math.abs(given[0]! - given[1]!)).toBeLessThanOrEqual(1 << 14);
    for (const number of [0, 1]) expect(source.lag().get(number)).toBe((1 << 16) - given[number]!);
  }
  expect(given).toEqual([1 << 16, 1 << 16]);
  await source.close();
});

test('a directory that is not there yet is a fault, and read from its beginning once it comes', async () => {
  const late = join(directory, 'movielog');
  const source = await open(late, { from: 'latest' });
  expect(source.topic).toBe('movielog');
  const fault = await source.pull();
  expect(fault).toMatchObject({ kind: 'fault', error: { code: 'file-unreadable' } });
  expect(fault.kind === 'fault' && fault.error.message).toContain('no such file or directory');
  expect(await source.pull()).toEqual({ kind: 'idle' });
  await new PartitionWriter(late, 0).append('a\n');
  const events = await pullUntil(source, 'idle');
  expect(events[0]).toEqual({ kind: 'recovered' });
  expect(texts(events.flatMap(linesOf))).toEqual(['a']);
  await source.close();
});

test('a file in place of the directory is refused at once', async () => {
  const file = join(directory, 'movielog.log');
  await writeFile(file, 'a\n');
  const opened = await openDirectorySource(file, { from: 'earliest', untilEnd: false, positions: new Map() });
  expect(opened).toMatchObject({ ok: false, error: { code: 'file-unreadable', message: `${file} is no folder` } });
});

test('a partition that cannot be read is a fault and holds up no other', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\n');
  const broken = new PartitionWriter(directory, 1);
  await mkdir(join(broken.folder, '00000000000000000000.log'), { recursive: true });
  const source = await open(directory);
  const events = await pullUntil(source, 'idle');
  expect(texts(events.flatMap(linesOf))).toEqual(['a']);
  const faults = events.filter((event) => event.kind === 'fault');
  expect(faults).toHaveLength(1);
  expect(faults[0]!.error.message).toContain('illegal operation on a directory');
  await writer.append('b\n');
  expect((await pullUntil(source, 'idle')).flatMap(linesOf)).toHaveLength(1);

  await rm(join(broken.folder, '00000000000000000000.log'), { recursive: true });
  await broken.append('c\n');
  expect((await pullUntil(source, 'idle')).map(({ kind }) => kind)).toEqual(['recovered', 'lines']);
  await source.close();
});

test('a segment without permission is a fault until it has it', async ({ skip }) => {
  skip(process.getuid?.() === 0, 'root may read everything');
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\n');
  await chmod(writer.pathOf(0), 0);
  const source = await open(directory);
  expect(await source.pull()).toMatchObject({ kind: 'fault', error: { code: 'file-unreadable' } });
  await chmod(writer.pathOf(0), 0o600);
  expect((await pullUntil(source, 'idle')).map(({ kind }) => kind)).toEqual(['recovered', 'lines']);
  await source.close();
});

test('a segment that was cut off is a fault that names both offsets; the lines must come back', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\nb\nc\n');
  const source = await open(directory);
  await pullUntil(source, 'idle');
  await truncate(writer.pathOf(0), 2);
  const events = await pullUntil(source, 'idle');
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ kind: 'fault', error: { code: 'format-invalid', fields: { partition: 0 } } });
  expect(events[0]!.kind === 'fault' && events[0]!.error.message).toContain('ends at offset 1, before 3');
  await appendFile(writer.pathOf(0), 'b\nc\nd\n');
  const later = await pullUntil(source, 'idle');
  expect(later.map(({ kind }) => kind)).toEqual(['recovered', 'lines']);
  expect(later.flatMap(linesOf)).toEqual([{ partition: 0, offset: 3, text: 'd' }]);
  await source.close();
});

test('an unended line that its writer takes back, and a segment that is rewritten whole, lose and repeat nothing', async () => {
  const writer = new PartitionWriter(directory, 0);
  await writer.append('a\nb\ntorn');
  const source = await open(directory);
  await pullUntil(source, 'idle');
  await truncate(writer.pathOf(0), 4);
  await writer.append('c\n');
  expect(texts((await pullUntil(source, 'idle')).flatMap(linesOf))).toEqual(['c']);

  const copy = join(writer.folder, 'copy.tmp');
  await writeFile(copy, await readFile(writer.pathOf(0)));
  await rename(copy, writer.pathOf(0));
  await pullUntil(source, 'idle');
  await writer.append('d\n');
  expect(texts((await pullUntil(source, 'idle')).flatMap(linesOf))).toEqual(['d']);
  await source.close();
});
