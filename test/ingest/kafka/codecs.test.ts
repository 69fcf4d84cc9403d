/** The decoders of compressed batches, without a broker: what is right, what is cut short, and what would fill the memory. */

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { describe, expect, test } from 'vitest';
import { registerCodecs } from '../../../src/ingest/kafka/codecs.js';
import { decodeLz4 } from '../../../src/ingest/kafka/lz4.js';
import { decodeSnappy } from '../../../src/ingest/kafka/snappy.js';
import { decodeZstd } from '../../../src/ingest/kafka/zstd.js';

const mebibyte = 1024 * 1024;
const text = 'one line of a log\nand another line of a log\nand another line of a log, the last\n';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const littleEndian = (value: number, width: number): Buffer => {
  const buffer = Buffer.alloc(width);
  buffer.writeUIntLE(value, 0, width);
  return buffer;
};

/** What a block of the Lempel–Ziv kind does next: literals, then a repetition of what came before. */
interface Step {
  readonly literals: Uint8Array;
  readonly distance: number;
  readonly length: number;
}

/** Begins with a literal, so that there is something to repeat, and never points further back than the beginning. */
const steps = fc
  .array(
    fc.record({
      literals: fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ minLength: 50, maxLength: 400 })),
      distance: fc.integer({ min: 1, max: 65_535 }),
      length: fc.oneof(fc.integer({ min: 4, max: 64 }), fc.integer({ min: 65, max: 1_000 })),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((drawn) => {
    let written = 0;
    return drawn.map(({ literals, distance, length }, index): Step => {
      const some = index === 0 && literals.length === 0 ? Uint8Array.of(7) : literals;
      written += some.length;
      const step = { literals: some, distance: Math.min(distance, written), length };
      written += length;
      return step;
    });
  });

function expand(block: readonly Step[]): Buffer {
  const out: number[] = [];
  for (const { literals, distance, length } of block) {
    out.push(...literals);
    for (let n = 0; n < length; n += 1) out.push(out[out.length - distance]!);
  }
  return Buffer.from(out);
}

/** Every decoder refuses all beginnings of what it reads, and says so as it should. */
function refusesBeginnings(decode: (cut: Buffer) => Buffer, whole: Buffer, from = 0): void {
  for (let length = from; length < whole.length; length += 1) {
    expect(() => decode(whole.subarray(0, length)), `${length} bytes`).toThrow(RangeError);
  }
}

function survivesNoise(decode: (noise: Buffer) => Buffer, whole: Buffer): void {
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(changes, (drawn) => {
      const noise = Buffer.from(whole);
      for (const [at, value] of drawn) noise[at] = value;
      try {
        expect(decode(noise).length).toBeLessThanOrEqual(mebibyte);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 1_000 },
  );
}

describe('snappy', () => {
  const header = bytes(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1);
  const frameOf = (...blocks: Buffer[]): Buffer =>
    Buffer.concat([header, ...blocks.flatMap((block) => [littleEndian(block.length, 4).reverse(), block])]);
  const sizeOf = (size: number): Buffer =>
    size < 128 ? bytes(size) : Buffer.concat([bytes((size & 127) | 128), sizeOf(Math.floor(size / 128))]);
  const literalsOf = (literals: Uint8Array): Buffer => {
    const count = literals.length - 1;
    if (count < 0) return bytes();
    const tag = count < 60 ? bytes(count << 2) : count < 256 ? bytes(60 << 2, count) : bytes(61 << 2, count & 255, count >> 8); // prettier-ignore
    return Buffer.concat([tag, literals]);
  };
  /** With 32 bits of distance for long ones, 16 for others, and 11 where that is enough. */
  const repeatOf = ({ distance, length }: Step): Buffer => {
    if (length <= 11 && distance < 2048) return bytes(1 | ((length - 4) << 2) | ((distance >> 8) << 5), distance & 255);
    const wide = length > 64;
    const parts: Buffer[] = [];
    for (let rest = length; rest > 0; rest -= 64) {
      parts.push(bytes((wide ? 3 : 2) | ((Math.min(rest, 64) - 1) << 2)), littleEndian(distance, wide ? 4 : 2));
    }
    return Buffer.concat(parts);
  };
  const blockOf = (block: readonly Step[]): Buffer =>
    Buffer.concat([
      sizeOf(expand(block).length),
      ...block.flatMap((step) => [literalsOf(step.literals), repeatOf(step)]),
    ]);
  const plain = Buffer.concat([sizeOf(text.length), literalsOf(Buffer.from(text))]);
  const decode = (input: Buffer): Buffer => decodeSnappy(input, mebibyte);

  test('gives what went into a raw block, or into any number of blocks in a frame', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 4 }), (drawn) => {
        const blocks = drawn.map(blockOf);
        expect(decode(frameOf(...blocks)).equals(Buffer.concat(drawn.map(expand)))).toBe(true);
        for (const [index, block] of blocks.entries()) expect(decode(block).equals(expand(drawn[index]!))).toBe(true);
      }),
    );
  });

  test('empty is empty, framed or raw', () => {
    expect([decode(frameOf()).length, decode(frameOf(bytes(0))).length, decode(bytes(0)).length]).toEqual([0, 0, 0]);
  });

  test('refuses what ends too early, and what declares another size than it has', () => {
    refusesBeginnings(decode, plain);
    refusesBeginnings(decode, frameOf(plain), header.length + 1);
    expect(() => decode(Buffer.concat([sizeOf(text.length - 1), plain.subarray(1)]))).toThrow(RangeError);
    expect(() => decode(Buffer.concat([sizeOf(text.length + 1), plain.subarray(1)]))).toThrow(RangeError);
  });

  test('refuses at once what declares more than the bound, in one block or in all together', () => {
    expect(() => decode(Buffer.concat([sizeOf(2 ** 32 - 1), bytes(0, 7)]))).toThrow('more than 1048576');
    const half = sizeOf(600_000);
    expect(() => decode(frameOf(half, half))).toThrow('snappy declares 1200000 bytes');
  });

  test('a literal of four gigabytes does not send it back to where it was', () => {
    expect(() => decode(bytes(10, 0xfc, 0xfa, 0xff, 0xff, 0xff, 1, 2, 3, 4))).toThrow(RangeError);
  });

  test('noise is decoded to something or refused', () => {
    survivesNoise(decode, frameOf(plain, plain));
  });
});

describe('lz4', () => {
  const magic = bytes(0x04, 0x22, 0x4d, 0x18);
  const head = Buffer.concat([magic, bytes(0x60, 0x40, 0)]);
  const end = bytes(0, 0, 0, 0);
  const stored = (block: Buffer): Buffer => Buffer.concat([littleEndian(block.length + 2 ** 31, 4), block]);
  const packed = (block: Buffer): Buffer => Buffer.concat([littleEndian(block.length, 4), block]);
  const moreOf = (length: number): number[] =>
    length < 15 ? [] : [...Array<number>(Math.floor((length - 15) / 255)).fill(255), (length - 15) % 255];
  const sequenceOf = ({ literals, distance, length }: Step): Buffer =>
    Buffer.concat([
      bytes((Math.min(literals.length, 15) << 4) | Math.min(length - 4, 15), ...moreOf(literals.length)),
      literals,
      littleEndian(distance, 2),
      bytes(...moreOf(length - 4)),
    ]);
  /** Ends with the literals `last`, as a block must. */
  const blockOf = (block: readonly Step[], last: Buffer): Buffer =>
    Buffer.concat([...block.map(sequenceOf), bytes(Math.min(last.length, 15) << 4, ...moreOf(last.length)), last]);
  const decode = (input: Buffer): Buffer => decodeLz4(input, mebibyte);
  const last = Buffer.from('last.');

  test('gives what went into its blocks, stored or compressed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(steps, fc.boolean()), { maxLength: 4 }), (drawn) => {
        const plain = drawn.map(([block]) => Buffer.concat([expand(block), last]));
        const blocks = drawn.map(([block, asIs], index) =>
          asIs ? stored(plain[index]!) : packed(blockOf(block, last)),
        );
        expect(decode(Buffer.concat([head, ...blocks, end])).equals(Buffer.concat(plain))).toBe(true);
      }),
    );
  });

  test('reads blocks that repeat what earlier ones hold, behind a content size and before checksums', () => {
    const flags = 0x40 | 0x10 | 0x08 | 0x04;
    const checksum = bytes(1, 2, 3, 4);
    const again = blockOf([{ literals: Buffer.alloc(0), distance: 5, length: 10 }], last);
    const frame = [magic, bytes(flags, 0x40), Buffer.alloc(8), bytes(0), stored(last), checksum, packed(again), checksum, end, checksum]; // prettier-ignore
    expect(decode(Buffer.concat(frame)).toString()).toBe('last.last.last.last.');
  });

  test('reads what its own tool wrote', () => {
    const frame =
      'BCJNGGxAUAAAAAAAAADuLgAAAP8Ob25lIGxpbmUgb2YgYSBsb2cKYW5kIGFub3RoZXIaABWwLCB0aGUgbGFzdAoAAAAAu2SaCg==';
    expect(decode(Buffer.from(frame, 'base64')).toString()).toBe(text);
  });

  test('empty is empty', () => {
    expect(decode(Buffer.concat([head, end])).length).toBe(0);
  });

  const small = Buffer.concat([head, packed(blockOf([{ literals: Buffer.from('ab'), distance: 2, length: 300 }], last)), end]); // prettier-ignore

  test('refuses what ends too early, points before its beginning or needs a dictionary', () => {
    refusesBeginnings(decode, small);
    const before = blockOf([{ literals: Buffer.from('ab'), distance: 3, length: 4 }], last);
    expect(() => decode(Buffer.concat([head, packed(before), end]))).toThrow('point 3 bytes back');
    expect(() => decode(Buffer.concat([magic, bytes(0x61, 0x40, 0, 0, 0, 0, 0), end]))).toThrow('dictionary');
  });

  test('refuses what holds more than the bound', () => {
    const bomb = blockOf([{ literals: Buffer.from('a'), distance: 1, length: 2 * mebibyte }], last);
    expect(() => decode(Buffer.concat([head, packed(bomb), end]))).toThrow('more than 1048576');
  });

  test('noise is decoded to something or refused', () => {
    survivesNoise(decode, small);
  });
});

describe('zstd', () => {
  const decode = (input: Buffer): Buffer => decodeZstd(input, mebibyte);
  const fromTool = {
    'of unknown size': 'KLUv/QBoXQEAgoIIDtDnSqWQtGQ/AsyBRx4DdKdFkyMwJmcvw0vDiqUw+qXoWwEA7XI6AQ==',
    'with a checksum': 'KLUv/QRoXQEAgoIIDtDnSqWQtGQ/AsyBRx4DdKdFkyMwJmcvw0vDiqUw+qXoWwEA7XI6ASpbAFg=',
    'in one segment': 'KLUv/SRQXQEAgoIIDtDnSqWQtGQ/AsyBRx4DdKdFkyMwJmcvw0vDiqUw+qXoWwEA7XI6ASpbAFg=',
  };
  const frames = Object.entries(fromTool).map(([name, frame]) => [name, Buffer.from(frame, 'base64')] as const);

  test.each(frames)('reads a frame %s that its own tool wrote', (_, frame) => {
    expect(decode(frame).toString()).toBe(text);
  });

  test('reads frames one after the other, and skips those to be skipped', () => {
    const skipped = Buffer.concat([bytes(0x57, 0x2a, 0x4d, 0x18), littleEndian(3, 4), bytes(1, 2, 3)]);
    const all = Buffer.concat([skipped, ...frames.map(([, frame]) => frame)]);
    expect(decode(all).toString()).toBe(text.repeat(frames.length));
  });

  test.each(frames)('refuses a frame %s that ends too early', (_, frame) => refusesBeginnings(decode, frame, 1));

  const magic = bytes(0x28, 0xb5, 0x2f, 0xfd);
  /** A block that repeats one byte `size` times. */
  const repeated = (size: number, last: boolean): Buffer =>
    Buffer.concat([littleEndian((size << 3) | 2 | Number(last), 3), bytes(0)]);

  const windowOf = (exponent: number, ...blocks: Buffer[]): Buffer =>
    Buffer.concat([magic, bytes(0, (exponent - 10) << 3), ...blocks]);

  test('a large window is no large memory, and one beyond any memory is refused', () => {
    expect(decode(windowOf(10, repeated(100, true))).length).toBe(100);
    expect(decode(windowOf(30, repeated(100, false), repeated(100, true))).length).toBe(200);
    expect(() => decode(windowOf(41, repeated(100, true)))).toThrow(RangeError);
  });

  test('refuses what it cannot read, also in a later frame', () => {
    const small = windowOf(10, repeated(100, true));
    const withDictionary = Buffer.concat([magic, bytes(1, 0, 1), repeated(100, true)]);
    expect(() => decode(withDictionary)).toThrow('dictionary');
    expect(() => decode(Buffer.concat([small, withDictionary]))).toThrow('dictionary');
    expect(() => decode(Buffer.concat([small, bytes(1, 2, 3, 4)]))).toThrow('no zstd frame');
    expect(() => decode(windowOf(20, repeated(200_000, true)))).toThrow('block of 200000');
  });

  test('nothing in a frame is nothing, and no error', () => {
    expect(decode(windowOf(10, repeated(0, true))).length).toBe(0);
  });

  test('refuses a frame that is not what its checksum says', () => {
    const frame = Buffer.from(fromTool['with a checksum'], 'base64');
    frame[frame.length - 1]! ^= 1;
    expect(() => decode(frame)).toThrow('zstd frame is broken');
  });

  test('refuses what holds more than the bound', () => {
    const blocks = Array.from({ length: 9 }, (_, index) => repeated(128 * 1024, index === 8));
    expect(() => decode(windowOf(17, ...blocks))).toThrow('hold more than 1048576');
  });

  test('noise is decoded to something or refused', () => {
    survivesNoise(decode, frames[0]![1]);
  });

  // In each, a decoder was seen to go on for ever.
  test.each([
    '28b52ffd00455d01008282080ef1e74aa590e9643f023381f21e0374a74593233026672fc34bc38aa530faa5e85b0100ed723a01',
    '28b52ffd00685d01008282080ef0e74aa590b4643f02cc81471e037ea74593233026672fc34bc38aa530faa5e85b0100ed723a01',
    '28b52ffd00685d01008282080ef0e727a590b4643f02cc81471e0374a74593233026672fc34bc38aa530faa5e8060100ed723a01',
  ])('comes to an end with damaged lengths of codes, %s', (hex) => {
    expect(() => decode(Buffer.from(hex, 'hex'))).toThrow('zstd frame is broken');
  });
});

describe('for kafkajs', () => {
  registerCodecs();
  const codecs: Record<number, () => { compress(): void; decompress(bytes: Buffer): Promise<Buffer> }> =
    kafkajs.CompressionCodecs;

  test('every compression has its decoder, and refuses noise as an error and not as a throw', async () => {
    const zstd = Buffer.from('KLUv/SRQXQEAgoIIDtDnSqWQtGQ/AsyBRx4DdKdFkyMwJmcvw0vDiqUw+qXoWwEA7XI6ASpbAFg=', 'base64');
    expect((await codecs[1]!().decompress(gzipSync(text))).toString()).toBe(text);
    expect((await codecs[2]!().decompress(bytes(2, 4, 104, 105))).toString()).toBe('hi');
    expect((await codecs[3]!().decompress(bytes(4, 34, 77, 24, 96, 64, 0, 2, 0, 0, 128, 104, 105, 0, 0, 0, 0))).toString()).toBe('hi'); // prettier-ignore
    expect((await codecs[4]!().decompress(zstd)).toString()).toBe(text);
    for (const type of [1, 2, 3, 4]) await expect(codecs[type]!().decompress(bytes(9, 9, 9))).rejects.toThrow();
  });

  test('compressions that Kafka does not have yet are unknown, not taken for none', () => {
    for (const type of [5, 6, 7]) expect(() => codecs[type]!()).toThrow(`compression ${type}`);
  });

  test('a gzip bomb is refused', async () => {
    await expect(codecs[1]!().decompress(gzipSync(Buffer.alloc(65 * mebibyte)))).rejects.toThrow(RangeError);
  });

  test('nothing is ever compressed', () => {
    expect(() => codecs[4]!().compress()).toThrow('nothing is produced compressed');
  });
});
