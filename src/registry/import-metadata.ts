/** The metadata of a safetensors file: what kind of model it holds, and how its user vectors are made. */

import { succeed, type Result } from '../core/errors.js';
import { refuse } from './import-refusal.js';
import { encoderSchema, kindSchema } from './manifest.js';
import type { Encoder, ModelKind } from './model.js';

export function kindOf(metadata: ReadonlyMap<string, string>, path: string): Result<ModelKind> {
  const kind = kindSchema.safeParse(metadata.get('kind'));
  if (kind.success) return succeed(kind.data);
  const found = metadata.get('kind');
  const what =
    found === undefined ? 'the metadata has no kind' : `the metadata's kind ${JSON.stringify(found)} is unknown`;
  const hint = `Write metadata={"kind": "ials", …}; the kinds are ${kindSchema.options.join(' and ')}.`;
  return refuse(path, what, hint, { key: 'kind' });
}

const ENCODER_EXAMPLE = '{"kind": "ials", "alpha": "40", "reg": "0.01", "reg_scaling": "1"}';

/** From `encoder`, or from `alpha`, `reg` and `reg_scaling`. */
export function encoderOf(metadata: ReadonlyMap<string, string>, kind: ModelKind, path: string): Result<Encoder> {
  const text = metadata.get('encoder');
  if (text !== undefined) {
    const encoder = encoderSchema.safeParse(parseJson(text));
    if (encoder.success) return succeed(encoder.data);
    const hint = 'Leave it out, and give kind, alpha, reg and reg_scaling instead.';
    return refuse(path, `the metadata's encoder ${JSON.stringify(text.slice(0, 80))} is not one`, hint, {
      key: 'encoder',
    });
  }
  if (kind === 'popularity') return succeed({ type: 'constant' });
  const values: number[] = [];
  for (const key of ['alpha', 'reg', 'reg_scaling']) {
    const found = metadata.get(key)?.trim();
    const value = found ? Number(found) : NaN;
    if (!Number.isFinite(value)) {
      const what =
        found === undefined ? `the metadata has no ${key}` : `the metadata's ${key} "${found}" is not a number`;
      return refuse(path, what, `Values are strings: metadata=${ENCODER_EXAMPLE}.`, { key });
    }
    values.push(value);
  }
  const [alpha, reg, regScaling] = values as [number, number, number];
  return succeed({ type: 'fold-in', alpha, reg, regScaling });
}

/** Undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
