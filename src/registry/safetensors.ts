/**
 * The safetensors file format, which Python's frameworks read and write:
 *
 *   offset  0          8                                          8 + h
 *           h (u64 LE) JSON: {"name": {"dtype", "shape", "data_offsets": [begin, end]}, …,     data: the tensors' bytes,
 *                             "__metadata__": {"key": "text", …}}, padded with blanks          without gap or overlap
 */

import { z } from 'zod';
import { fail, succeed, type Result } from '../core/errors.js';

const elementBytes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
} as const;

export type SafeDtype = keyof typeof elementBytes;

export interface SafeTensor {
  readonly dtype: SafeDtype;
  readonly shape: readonly number[];
  /** Row-major, little endian, at any alignment. */
  readonly bytes: Uint8Array;
}

export interface SafeTensors {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, SafeTensor>;
}

const HEADER_MAX = 100_000_000;

const size = z.int().min(0);
const entrySchema = z.object({
  dtype: z.enum(Object.keys(elementBytes) as SafeDtype[]),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});
const metadataSchema = z.record(z.string(), z.string());

/** The file as parts to be written one after the other; the first tensor byte lies at a multiple of 8. */
export function encodeSafetensors({ metadata, tensors }: SafeTensors): Uint8Array[] {
  let end = 0;
  const entries = Array.from(tensors, ([name, { dtype, shape, bytes }]) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const header: unknown = Object.fromEntries<unknown>([['__metadata__', Object.fromEntries(metadata)], ...entries]);
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' ');
  json.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return [length, padded, ...Array.from(tensors.values(), ({ bytes }) => bytes)];
}

/** Views into `file`. Errors: format-invalid, which name `path` and the place. */
export function decodeSafetensors(file: Uint8Array, path: string): Result<SafeTensors> {
  const invalid = (what: string, fields: Record<string, string | number> = {}): Result<never> =>
    fail('format-invalid', `${path} is not a sound safetensors file: ${what}`, {
      hint: 'Write it again with safetensors (`save_file`), or fetch it again if it was cut off on the way.',
      fields: { file: path, ...fields },
    });

  if (file.length < 8) return invalid(`it has ${file.length} bytes, and its header's length alone takes 8`);
  const headerLength = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (headerLength > HEADER_MAX) return invalid(`its first 8 bytes ask for a header of ${headerLength} bytes`);
  const data = file.subarray(8 + Number(headerLength));
  if (8 + Number(headerLength) > file.length) {
    return invalid(`its header should have ${headerLength} bytes, and ${file.length - 8} are left`);
  }

  const header = parseObject(file.subarray(8, 8 + Number(headerLength)));
  if (header === undefined) return invalid('its header is not a JSON object');
  const { __metadata__: rawMetadata = {}, ...entries } = header;
  const metadata = metadataSchema.safeParse(rawMetadata);
  if (!metadata.success) return invalid('its __metadata__ is not an object of strings', { key: '__metadata__' });

  const tensors = new Map<string, SafeTensor>();
  const ranges: Range[] = [];
  for (const [name, raw] of Object.entries(entries)) {
    const entry = entrySchema.safeParse(raw);
    if (!entry.success) {
      const { path: at, message } = entry.error.issues[0]!;
      return invalid(`tensor ${name}, ${at.join('.') || 'its entry'}: ${message}`, { tensor: name });
    }
    const { dtype, shape, data_offsets } = entry.data;
    const [begin, end] = data_offsets;
    const bytes = shape.reduce((product, length) => product * length, elementBytes[dtype]);
    if (end - begin !== bytes) {
      const what = `tensor ${name} spans ${end - begin} bytes, and ${dtype} [${shape.join(', ')}] needs ${bytes}`;
      return invalid(what, { tensor: name });
    }
    ranges.push({ name, begin, end });
    tensors.set(name, { dtype, shape, bytes: data.subarray(begin, end) });
  }
  const fault = coverFault(ranges, data.length);
  return fault === undefined ? succeed({ metadata: new Map(Object.entries(metadata.data)), tensors }) : invalid(fault);
}

interface Range {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

/** The ranges must cover `length` bytes, each byte once. */
function coverFault(ranges: readonly Range[], length: number): string | undefined {
  let covered = 0;
  for (const { name, begin, end } of ranges.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered)
      return `tensor ${name} begins at data byte ${begin}, and what comes before ends at ${covered}`;
    covered = end;
  }
  return covered === length ? undefined : `its tensors take ${covered} bytes of data, and it has ${length}`;
}

/** Undefined when the bytes are not the UTF-8 JSON of an object. */
function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
