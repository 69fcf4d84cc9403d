/** A version as a safetensors file: the tensors any framework can read, and the whole manifest beside them. */

import type { Manifest } from './manifest.js';
import type { Model } from './model.js';
import { encodeSafetensors, type SafeDtype } from './safetensors.js';
import { toTensors, type Tensor } from './tensors.js';

const safeDtype = { f32: 'F32', i32: 'I32', u8: 'U8' } as const satisfies Record<Tensor['dtype'], SafeDtype>;

/** The parts of the file, to be written one after the other. */
export function exportModel(model: Model, manifest: Manifest): Uint8Array[] {
  const tensors = new Map(
    Object.entries(toTensors(model)).map(([name, { dtype, ...tensor }]) => [
      name,
      { dtype: safeDtype[dtype], ...tensor },
    ]),
  );
  const metadata = new Map<string, string>([
    ['format', 'matinee'],
    ['kind', model.kind],
    ['encoder', JSON.stringify(model.encoder)],
    ...(model.cold ? [['cold', JSON.stringify(model.cold.weights)] as const] : []),
    ['manifest', JSON.stringify(manifest)],
  ]);
  return encodeSafetensors({ metadata, tensors });
}
