/** The metadata of a safetensors file: what kind of model it holds, and how its user vectors are made. */

import { parseJson } from '../core/json.js';
import { succeed, type Result } from '../core/errors.js';
import { refuse } from './import-refusal.js';
import { coldSchema, encoderSchema, kindSchema } from './manifest.js';
import { ALIKE, type ColdWeights, type Encoder, type ModelKind } from './model.js';

export function kindOf(metadata: ReadonlyMap<string, string>, path: string): Result<ModelKind> {
  const kind = kindSchema.safeParse(metadata.get('kind'));
  if (kind.success) return succeed(kind.data);
  const found = metadata.get('kind');
  const what =
    found === undefined ? 'the metadata has no kind' : `the metadata's kind ${JSON.stringify(found)} is unknown`;
  const hint = `Write metadata={"kind": "ials", …}; the kinds are ${kindSchema.options.join(', ')}.`;
  return refuse(path, what, hint, { key: 'kind' });
}

/** Undefined for a model without cold columns. */
export function coldWeightsOf(metadata: ReadonlyMap<string, string>, path: string): Result<ColdWeights | undefined> {
  const text = metadata.get('cold');
  if (text === undefined) return succeed(undefined);
  const weights = coldSchema.safeParse(parseJson(text));
  if (weights.success) return succeed(weights.data);
  const hint = `Write JSON with a number for each of ${Object.keys(coldSchema.shape).join(', ')}.`;
  return refuse(path, `the metadata's cold ${JSON.stringify(text.slice(0, 80))} is not weights`, hint, { key: 'cold' });
}

const SUM_EXAMPLE = '"floor": "0.2", "rating_high": "5", "recency": "0.5"}';
const EXAMPLES = {
  ials: '{"kind": "ials", "alpha": "40", "reg": "0.01", "reg_scaling": "1"}',
  linear: `{"kind": "linear", ${SUM_EXAMPLE}`,
  text: `{"kind": "text", ${SUM_EXAMPLE}`,
} as const;

const FOLD_IN = ['alpha', 'reg', 'reg_scaling'] as const;
const WEIGHTING = ['floor', 'rating_high'] as const;
const RECENCY = ['recency'] as const;

/**
 * From `encoder`, or from the numbers of the kind, with `floor` and `rating_high` where films do not weigh alike, and the
 * `recency` of a sum where it has one.
 */
export function encoderOf(metadata: ReadonlyMap<string, string>, kind: ModelKind, path: string): Result<Encoder> {
  const text = metadata.get('encoder');
  if (text !== undefined) {
    const encoder = encoderSchema.safeParse(parseJson(text));
    if (encoder.success) return succeed(encoder.data);
    const hint = 'Leave it out, and give kind and its numbers instead: docs/models.md names them.';
    return refuse(path, `the metadata's encoder ${JSON.stringify(text.slice(0, 80))} is not one`, hint, {
      key: 'encoder',
    });
  }
  if (kind === 'popularity') return succeed({ type: 'constant' });
  const weighs = WEIGHTING.some((key) => metadata.has(key));
  const ages = kind !== 'ials' && metadata.has('recency');
  const numbers = {} as Record<(typeof FOLD_IN | typeof WEIGHTING | typeof RECENCY)[number], number>;
  for (const key of [...(kind === 'ials' ? FOLD_IN : []), ...(weighs ? WEIGHTING : []), ...(ages ? RECENCY : [])]) {
    const found = metadata.get(key)?.trim();
    const value = found ? Number(found) : NaN;
    if (!Number.isFinite(value)) {
      const what =
        found === undefined ? `the metadata has no ${key}` : `the metadata's ${key} "${found}" is not a number`;
      return refuse(path, what, `Values are strings: metadata=${EXAMPLES[kind]}.`, { key });
    }
    numbers[key] = value;
  }
  const { alpha, reg, reg_scaling: regScaling, floor, rating_high: ratingHigh, recency } = numbers;
  const weighting = weighs ? { floor, ratingHigh } : undefined;
  if (kind !== 'ials') return succeed({ type: 'sum', ...(weighting ?? ALIKE), ...(ages ? { recency } : {}) });
  return succeed({ type: 'fold-in', alpha, reg, regScaling, ...weighting });
}
