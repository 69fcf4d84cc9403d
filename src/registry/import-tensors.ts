/** The tensors of a safetensors file, as a model holds them. */

import { succeed, type Result } from '../core/errors.js';
import { refuse } from './import-refusal.js';
import type { ColdWeights, Model } from './model.js';
import type { SafeTensor, SafeTensors } from './safetensors.js';
import { floatsOf, integersOf } from './safetensors-values.js';
import { decodeFilmIds } from './tensors.js';
import { limits } from './validate.js';

export type ModelTensors = Omit<Model, 'kind' | 'encoder'>;

/** `weights` are those of the cold columns. Adds to `notes` what it converted or made up. */
export function readTensors(
  { tensors }: SafeTensors,
  weights: ColdWeights | undefined,
  path: string,
  notes: string[],
): Result<ModelTensors> {
  const floats = (name: string, axes: number): Result<Float32Array | undefined> => {
    const tensor = tensors.get(name);
    if (tensor === undefined) return succeed(undefined);
    const values = floatsOf(tensor);
    if (values === undefined || tensor.shape.length !== axes) {
      return refuse(path, `tensor ${name} is ${describe(tensor)}`, `Write it as float32 with ${axes} axes.`, {
        tensor: name,
      });
    }
    if (tensor.dtype !== 'F32') notes.push(`${name} was converted from ${tensor.dtype} to F32`);
    return succeed(values);
  };

  for (const name of ['items', 'film_ids']) {
    if (tensors.has(name)) continue;
    const hint = `It has ${tensors.size === 0 ? 'no tensors' : [...tensors.keys()].join(', ')}; docs/models.md says what a model needs.`;
    return refuse(path, `there is no tensor ${name}`, hint, { tensor: name });
  }
  const films = tensors.get('film_ids')!;
  const filmIds = films.dtype === 'U8' ? decodeFilmIds(films.bytes) : undefined;
  if (filmIds === undefined) {
    const hint = 'Write np.frombuffer("\\n".join(ids).encode(), dtype=np.uint8).';
    return refuse(path, `tensor film_ids is ${describe(films)}, not the UTF-8 bytes of the ids, a line each`, hint, {
      tensor: 'film_ids',
    });
  }
  const [items, bias] = [floats('items', 2), floats('bias', 1)];
  const [user, gain, columns] = [floats('user', 1), floats('gain', 1), floats('cold', 2)];
  if (!items.ok) return items;
  if (!bias.ok) return bias;
  if (!user.ok) return user;
  if (!gain.ok) return gain;
  if (!columns.ok) return columns;
  if (!columns.value !== !weights) {
    const hint = 'Give both or neither: docs/models.md says what cold columns are.';
    return refuse(path, 'there is only one of the tensor cold and the weights in the metadata', hint, {
      tensor: 'cold',
    });
  }
  const [rows, dimensions] = tensors.get('items')!.shape as [number, number];
  if (rows !== filmIds.length) {
    const hint = 'Every row of items needs its film id, in the same order.';
    return refuse(path, `items has ${rows} rows, and film_ids ${filmIds.length} lines`, hint, { tensor: 'film_ids' });
  }
  const fallback = readFallback(tensors.get('fallback'), path);
  if (!fallback.ok) return fallback;
  if (fallback.value === undefined) notes.push('fallback was made from the rows of largest norm');
  return succeed({
    filmIds,
    dimensions,
    items: items.value!,
    ...(bias.value && { bias: bias.value }),
    ...(user.value && { user: user.value }),
    ...(gain.value && { gain: gain.value }),
    ...(columns.value && { cold: { weights: weights!, columns: columns.value } }),
    fallback: fallback.value ?? largestRows(items.value!, rows, dimensions),
  });
}

function readFallback(tensor: SafeTensor | undefined, path: string): Result<Int32Array | undefined> {
  if (tensor === undefined) return succeed(undefined);
  const rows = integersOf(tensor);
  if (rows !== undefined && tensor.shape.length === 1) {
    // What does not fit is out of range in any case: −1 says so to the validation instead of wrapping around.
    return succeed(Int32Array.from(rows, (row) => (row === (row | 0) ? row : -1)));
  }
  return refuse(path, `tensor fallback is ${describe(tensor)}`, 'Write it as int32 with one axis.', {
    tensor: 'fallback',
  });
}

const describe = ({ dtype, shape }: SafeTensor): string => `${dtype} [${shape.join(', ')}]`;

/** Rows of largest norm first, ties by row: in a factor model they are the films that score well with most users. */
function largestRows(items: Float32Array, n: number, d: number): Int32Array {
  const squares = Float64Array.from({ length: n }, (_, row) =>
    items.subarray(row * d, row * d + d).reduce((sum, value) => sum + value * value, 0),
  );
  const rows = Array.from(squares.keys()).sort((a, b) => squares[b]! - squares[a]! || a - b);
  return Int32Array.from(rows.slice(0, limits.fallback));
}
