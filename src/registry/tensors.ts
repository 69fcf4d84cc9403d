/** A model as named tensors of plain bytes (little endian, as every platform of Node.js is), and back. */

import { succeed, type Result } from '../core/errors.js';
import type { Manifest, TensorFacts } from './manifest.js';
import type { Model } from './model.js';
import { corrupt, type Owner } from './version-errors.js';

export interface Tensor extends Pick<TensorFacts, 'dtype'> {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly bytes: Uint8Array;
}

const bytesPerElement = { f32: 4, i32: 4, u8: 1 } as const satisfies Record<Tensor['dtype'], number>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * `items` [n, d] f32, `bias` [n] f32, `user` [d] f32, `gain` [n] f32, `cold` [n, c] f32, `fallback` [≤ 100] i32,
 * `film_ids` [bytes] u8.
 */
export function toTensors(model: Model): Record<string, Tensor> {
  const { filmIds, dimensions, items, bias, user, gain, cold, fallback } = model;
  const filmBytes = encodeFilmIds(filmIds);
  return {
    items: { dtype: 'f32', shape: [filmIds.length, dimensions], bytes: bytesOf(items) },
    ...(bias && { bias: { dtype: 'f32', shape: [filmIds.length], bytes: bytesOf(bias) } }),
    ...(user && { user: { dtype: 'f32', shape: [dimensions], bytes: bytesOf(user) } }),
    ...(gain && { gain: { dtype: 'f32', shape: [filmIds.length], bytes: bytesOf(gain) } }),
    ...(cold && { cold: coldTensor(cold.columns, filmIds.length) }),
    fallback: { dtype: 'i32', shape: [fallback.length], bytes: bytesOf(fallback) },
    film_ids: { dtype: 'u8', shape: [filmBytes.length], bytes: filmBytes },
  };
}

const coldTensor = (columns: Float32Array, n: number): Tensor => ({
  ...{ dtype: 'f32', shape: [n, columns.length / n], bytes: bytesOf(columns) },
});

/** What of a manifest describes tensors. */
type Described = Pick<Manifest, 'kind' | 'encoder' | 'items' | 'dimensions' | 'cold' | 'tensors'>;

/** `read` gives the bytes of a tensor, proven. Errors: those of `read`, and version-corrupt, blamed on `owner`. */
export function toModel(manifest: Described, read: (name: string) => Result<Uint8Array>, owner: Owner): Result<Model> {
  const fault = layoutFault(manifest);
  if (fault !== undefined) return corrupt(owner, fault);
  const bytes = new Map<string, Uint8Array>();
  for (const name of Object.keys(manifest.tensors)) {
    const tensor = read(name);
    if (!tensor.ok) return tensor;
    bytes.set(name, tensor.value);
  }
  const filmIds = decodeFilmIds(bytes.get('film_ids')!);
  if (filmIds?.length !== manifest.items) {
    return corrupt(owner, `film_ids does not hold ${manifest.items} lines of UTF-8`);
  }
  const { kind, encoder, dimensions } = manifest;
  const [bias, user, gain, columns] = [bytes.get('bias'), bytes.get('user'), bytes.get('gain'), bytes.get('cold')];
  return succeed({
    kind,
    encoder,
    filmIds,
    dimensions,
    items: f32(bytes.get('items')!),
    ...(bias && { bias: f32(bias) }),
    ...(user && { user: f32(user) }),
    ...(gain && { gain: f32(gain) }),
    ...(columns && { cold: { weights: manifest.cold!, columns: f32(columns) } }),
    fallback: i32(bytes.get('fallback')!),
  });
}

function layoutFault({ items, dimensions, tensors, cold }: Described): string | undefined {
  const layout: Record<string, { dtype: Tensor['dtype']; shape: readonly number[] | 'any' }> = {
    items: { dtype: 'f32', shape: [items, dimensions] },
    bias: { dtype: 'f32', shape: [items] },
    user: { dtype: 'f32', shape: [dimensions] },
    gain: { dtype: 'f32', shape: [items] },
    cold: { dtype: 'f32', shape: [items, tensors.cold?.shape[1] ?? 0] },
    fallback: { dtype: 'i32', shape: 'any' },
    film_ids: { dtype: 'u8', shape: 'any' },
  };
  for (const name of ['items', 'fallback', 'film_ids']) if (!tensors[name]) return `it has no tensor ${name}`;
  if (!cold !== !tensors.cold) return 'it has only one of the tensor cold and its weights';
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    const expected = layout[name];
    if (!expected) return `its tensor ${name} is not one of a model`;
    if (dtype !== expected.dtype) return `${name} is ${dtype}, not ${expected.dtype}`;
    if (expected.shape !== 'any' && String(shape) !== String(expected.shape)) {
      return `${name} has shape [${shape.join(', ')}], not [${expected.shape.join(', ')}]`;
    }
    const size = shape.reduce((product, length) => product * length, bytesPerElement[dtype]);
    if (bytes !== size) return `${name} has ${bytes} bytes, and its shape asks for ${size}`;
  }
  return undefined;
}

/** UTF-8, a line feed between two ids. */
const encodeFilmIds = (ids: readonly string[]): Uint8Array => encoder.encode(ids.join('\n'));

/** Undefined when the bytes are not UTF-8. */
export function decodeFilmIds(bytes: Uint8Array): string[] | undefined {
  if (bytes.length === 0) return [];
  try {
    return decoder.decode(bytes).split('\n');
  } catch {
    return undefined;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** `bytes` must start at a multiple of 4 in its buffer. */
const f32 = ({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array =>
  new Float32Array(buffer, byteOffset, byteLength / 4);

const i32 = ({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array =>
  new Int32Array(buffer, byteOffset, byteLength / 4);
