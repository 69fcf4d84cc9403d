/** The safetensors codec: what is written is read back, and no malformed file gets further than an error. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafeTensor,
  type SafeTensors,
} from '../../src/registry/safetensors.js';
import { floatsOf, integersOf } from '../../src/registry/safetensors-values.js';

const encode = (content: SafeTensors): Buffer => Buffer.concat(encodeSafetensors(content));

const sizes = { F32: 4, F64: 8, I32: 4, I64: 8, U8: 1, F16: 2, BF16: 2, BOOL: 1 } as const;
const tensor = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(sizes) as (keyof typeof sizes)[])),
    shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
    fill: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ dtype, shape, fill }): SafeTensor => {
    const bytes = shape.reduce((product, length) => product * length, sizes[dtype]);
    return { dtype, shape, bytes: new Uint8Array(bytes).fill(fill) };
  });
const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');
const content: fc.Arbitrary<SafeTensors> = fc.record({
  metadata: fc
    .array(fc.tuple(name, fc.string({ unit: 'grapheme' })), { maxLength: 4 })
    .map((entries) => new Map(entries.filter(([key]) => key !== '__proto__'))),
  tensors: fc.array(fc.tuple(name, tensor), { maxLength: 5 }).map((entries) => new Map(entries)),
});
const plain = ({ metadata, tensors }: SafeTensors) => ({
  metadata: Object.fromEntries(metadata),
  tensors: [...tensors].map(([key, { dtype, shape, bytes }]) => ({ key, dtype, shape, bytes: [...bytes] })).sort(byKey),
});
const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

test('what is written is read back', () => {
  fc.assert(
    fc.property(content, (written) => {
      const read = unwrap(decodeSafetensors(encode(written), 'x'));
      expect(plain(read)).toEqual(plain(written));
    }),
  );
});

test('the data begins at a multiple of 8', () => {
  fc.assert(
    fc.property(content, (written) => {
      const [length, header] = encodeSafetensors(written);
      return (length!.length + header!.length) % 8 === 0;
    }),
  );
});

const small = encode({
  metadata: new Map([['kind', 'ials']]),
  tensors: new Map([
    ['items', { dtype: 'F32', shape: [2, 2], bytes: new Uint8Array(16) }],
    ['film_ids', { dtype: 'U8', shape: [3], bytes: Buffer.from('a\nb') }],
  ]),
});

test('a file cut off at any byte is an error that names the file', () => {
  for (let length = 0; length < small.length; length++) {
    const result = decodeSafetensors(small.subarray(0, length), 'my.safetensors');
    expect(result).toMatchObject({ ok: false, error: { code: 'format-invalid', fields: { file: 'my.safetensors' } } });
  }
});

test('a file with any byte replaced is read or refused, never a throw', () => {
  fc.assert(
    fc.property(fc.nat(small.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
      const damaged = Buffer.from(small);
      damaged[at] = value;
      const result = decodeSafetensors(damaged, 'x');
      return result.ok || result.error.code === 'format-invalid';
    }),
    { numRuns: 2000 },
  );
});

/** A file with this header and `data` zeros behind it. */
function file(header: unknown, data = 0, length?: bigint): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(length ?? BigInt(json.length));
  return Buffer.concat([prefix, json, Buffer.alloc(data)]);
}
const f32 = (begin: number, end: number, shape = [1]) => ({ dtype: 'F32', shape, data_offsets: [begin, end] });

test.each<[string, Buffer, RegExp]>([
  ['no bytes', Buffer.alloc(0), /it has 0 bytes/],
  ['a length beyond the file', file({}, 0, 3n), /header should have 3 bytes, and 2 are left/],
  ['a length beyond all files', file({}, 0, 2n ** 64n - 1n), /ask for a header of 18446744073709551615 bytes/],
  ['a header that is not JSON', file('{"a":'), /not a JSON object/],
  ['a header that is not UTF-8', file('{"\ud800":1}').fill(0xff, 10, 12), /not a JSON object/],
  ['a header that is a list', file([]), /not a JSON object/],
  ['metadata that is not text', file({ __metadata__: { a: 1 } }), /__metadata__ is not an object of strings/],
  ['an entry that is a number', file({ a: 5 }), /tensor a, its entry/],
  ['an unknown type', file({ a: { ...f32(0, 4), dtype: 'F31' } }, 4), /tensor a, dtype/],
  ['a negative length', file({ a: f32(0, 4, [-1]) }, 4), /tensor a, shape.0/],
  ['half an offset', file({ a: f32(0, 4.5) }, 4), /tensor a, data_offsets.1/],
  ['a shape that does not fit', file({ a: f32(0, 8, [3]) }, 8), /spans 8 bytes, and F32 \[3\] needs 12/],
  ['a shape beyond all numbers', file({ a: f32(0, 4, [2 ** 30, 2 ** 30]) }, 4), /spans 4 bytes/],
  ['an end before the begin', file({ a: f32(4, 0) }, 4), /spans -4 bytes/],
  [
    'an overlap',
    file({ a: f32(0, 8, [2]), b: f32(4, 8) }, 8),
    /tensor b begins at data byte 4, and what comes before ends at 8/,
  ],
  [
    'a gap',
    file({ a: f32(0, 4), b: f32(8, 12) }, 12),
    /tensor b begins at data byte 8, and what comes before ends at 4/,
  ],
  ['data without a tensor', file({ a: f32(0, 4) }, 5), /take 4 bytes of data, and it has 5/],
  ['a tensor without data', file({ a: f32(0, 4) }), /take 4 bytes of data, and it has 0/],
])('refused: %s', (_, bytes, message) => {
  const result = decodeSafetensors(bytes, 'x');
  expect(result).toMatchObject({ ok: false, error: { code: 'format-invalid' } });
  if (!result.ok) expect(result.error.message).toMatch(message);
});

test('floats of every width become f32', () => {
  const values = [0, -0, 1, -1.5, 0.333251953125, 65504, 2 ** -24, Infinity, -Infinity];
  // 1/3 rounded to half precision; the largest half; the smallest half that is not normal.
  const halves = Uint16Array.of(0, 0x8000, 0x3c00, 0xbe00, 0x3555, 0x7bff, 1, 0x7c00, 0xfc00);
  const of = (dtype: SafeTensor['dtype'], array: ArrayBufferView): Float32Array | undefined =>
    floatsOf({ dtype, shape: [values.length], bytes: new Uint8Array(array.buffer) });
  expect(of('F16', halves)).toEqual(Float32Array.from(values));
  expect(of('F32', Float32Array.from(values))).toEqual(Float32Array.from(values));
  expect(of('F64', Float64Array.from(values))).toEqual(Float32Array.from(values));
  expect(of('BF16', Uint16Array.of(0x3f80, 0xc020, 0x7f80))).toEqual(Float32Array.of(1, -2.5, Infinity));
  expect(of('F16', Uint16Array.of(0x7e00))![0]).toBeNaN();
  expect(of('I32', Int32Array.of(1))).toBeUndefined();
});

test('integers of both widths become numbers, and floats do not', () => {
  const bytes = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer);
  expect(integersOf({ dtype: 'I32', shape: [2], bytes: bytes(Int32Array.of(-1, 7)) })).toEqual([-1, 7]);
  expect(integersOf({ dtype: 'I64', shape: [2], bytes: bytes(BigInt64Array.of(-1n, 2n ** 40n)) })).toEqual([
    -1,
    2 ** 40,
  ]);
  expect(integersOf({ dtype: 'F32', shape: [1], bytes: new Uint8Array(4) })).toBeUndefined();
});
