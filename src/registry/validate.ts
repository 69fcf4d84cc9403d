/** Whether a model is one that this engine can serve: shapes, values and ids, before it is stored and after it is read. */

import { fail, succeed, type Result } from '../core/errors.js';
import type { Weighting } from '../dataset/weight.js';
import { recencyOf, type Cold, type Encoder, type Model } from './model.js';

export const limits = {
  items: 1_000_000,
  dimensions: 256,
  /** Columns that every cold model has, whatever its texts: cold/columns.ts. */
  coldColumnsMin: 50,
  fallback: 100,
  filmIdBytes: 255,
  floorMin: -4,
  recencyMax: 4,
} as const;

/** No score can overflow: 256 products of two such values are 2.6e38, and f32 ends at 3.4e38. */
const VALUE_MAX = 1e18;

/** Where the fault is and what it is; `row` and `column` count from 0. */
interface Fault {
  readonly what: string;
  readonly tensor?: string;
  readonly row?: number;
  readonly column?: number;
}

/** Errors: version-invalid, its fields the exact place. The axes of the items are another check: `axes.ts`. */
export function validateModel(model: Model): Result<Model> {
  const fault =
    shapeFault(model) ??
    encoderFault(model) ??
    filmIdFault(model.filmIds) ??
    fallbackFault(model.fallback, model.filmIds.length) ??
    valueFault('items', model.items, model.dimensions) ??
    (model.bias && valueFault('bias', model.bias, 1)) ??
    (model.user && valueFault('user', model.user, model.dimensions)) ??
    (model.gain && valueFault('gain', model.gain, 1)) ??
    (model.cold && coldFault(model.cold, model));
  if (fault === undefined) return succeed(model);
  const { what, ...fields } = fault;
  const hint = 'Repair the model where it was made; docs/models.md says what each tensor must hold.';
  return fail('version-invalid', `the model cannot be served: ${what}`, { hint, fields });
}

function shapeFault({ filmIds, dimensions: d, items, bias, user, gain }: Model): Fault | undefined {
  const n = filmIds.length;
  if (n > limits.items) return { what: `${n} items are more than ${limits.items}`, tensor: 'items' };
  if (!Number.isInteger(d) || d < 1 || d > limits.dimensions) {
    return { what: `${d} dimensions are not a whole number from 1 to ${limits.dimensions}`, tensor: 'items' };
  }
  const lengths: [string, number | undefined, number][] = [
    ['items', items.length, n * d],
    ['bias', bias?.length, n],
    ['user', user?.length, d],
    ['gain', gain?.length, n],
  ];
  for (const [tensor, length, expected] of lengths) {
    if (length === undefined || length === expected) continue;
    return { what: `${tensor} has ${length} values, and ${n} films in ${d} dimensions need ${expected}`, tensor };
  }
  return undefined;
}

function coldFault({ weights, columns }: Cold, { filmIds, encoder }: Model): Fault | undefined {
  const tensor = 'cold';
  if (encoder.type === 'constant') return { what: 'a constant encoder has no use for the tensor cold', tensor };
  const count = columns.length / filmIds.length;
  const { coldColumnsMin: min, dimensions: max } = limits;
  if (!Number.isInteger(count) || count < min || count > max) {
    return {
      what: `cold has ${columns.length} values, not ${min} to ${max} for each of ${filmIds.length} films`,
      tensor,
    };
  }
  const wrong = Object.entries<number>({ ...weights }).find(([, weight]) => !(Math.abs(weight) <= VALUE_MAX));
  if (wrong !== undefined) return { what: `the weight ${wrong[0]} of the cold columns is ${wrong[1]}`, tensor };
  return valueFault(tensor, columns, count);
}

function encoderFault({ encoder, user, gain }: Model): Fault | undefined {
  return (
    tensorFault('user', user, encoder, 'constant') ??
    tensorFault('gain', gain, encoder, 'sum') ??
    (encoder.type === 'fold-in' ? foldInFault(encoder) : undefined) ??
    (encoder.type === 'constant' ? undefined : weightingFault(encoder)) ??
    recencyFault(recencyOf(encoder))
  );
}

/** One type of encoder needs the tensor, and the others have no use for it. */
function tensorFault(
  tensor: string,
  values: Float32Array | undefined,
  { type }: Encoder,
  needs: Encoder['type'],
): Fault | undefined {
  if (type === needs && !values) return { what: `a ${type} encoder needs the tensor ${tensor}`, tensor };
  if (type !== needs && values) return { what: `a ${type} encoder has no use for the tensor ${tensor}`, tensor };
  return undefined;
}

function foldInFault({ alpha, reg, regScaling }: Extract<Encoder, { type: 'fold-in' }>): Fault | undefined {
  if (!isPositive(alpha)) return { what: `alpha is ${alpha}, not a positive number` };
  if (!isPositive(reg)) return { what: `reg is ${reg}, not a positive number` };
  return regScaling === 0 || isPositive(regScaling)
    ? undefined
    : { what: `regScaling is ${regScaling}, not 0 or more` };
}

function weightingFault({ floor = 1, ratingHigh }: Partial<Weighting>): Fault | undefined {
  const { floorMin } = limits;
  if (!(floor >= floorMin && floor <= 1)) return { what: `floor is ${floor}, not a number from ${floorMin} to 1` };
  if (floor === 1 && ratingHigh === undefined) return undefined;
  if (ratingHigh === undefined)
    return { what: `floor is ${floor}, and there is no ratingHigh to tell a high rating by` };
  return isPositive(ratingHigh) ? undefined : { what: `ratingHigh is ${ratingHigh}, not a positive number` };
}

function recencyFault(recency: number): Fault | undefined {
  const { recencyMax } = limits;
  if (recency >= 0 && recency <= recencyMax) return undefined;
  return { what: `recency is ${recency}, not a number from 0 to ${recencyMax}` };
}

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;

function filmIdFault(filmIds: readonly string[]): Fault | undefined {
  const tensor = 'film_ids';
  const rowOf = new Map<string, number>();
  for (const [row, id] of filmIds.entries()) {
    const name = JSON.stringify(id.slice(0, 80));
    const first = rowOf.get(id);
    if (id === '') return { what: `the film id of row ${row} is empty`, tensor, row };
    if (Buffer.byteLength(id) > limits.filmIdBytes) {
      return { what: `film id ${name} of row ${row} is longer than ${limits.filmIdBytes} bytes`, tensor, row };
    }
    // A comma separates ids in an answer, a line feed separates them here.
    if (/[\p{Cc}\p{Cs},]/u.test(id)) {
      return {
        what: `film id ${name} of row ${row} holds a comma, a control character or half a character`,
        tensor,
        row,
      };
    }
    if (first !== undefined) return { what: `film id ${name} stands in row ${first} and in row ${row}`, tensor, row };
    rowOf.set(id, row);
  }
  return undefined;
}

function fallbackFault(fallback: Int32Array, items: number): Fault | undefined {
  const tensor = 'fallback';
  if (fallback.length > limits.fallback) {
    return { what: `fallback has ${fallback.length} rows, more than ${limits.fallback}`, tensor };
  }
  if (fallback.length === 0 && items > 0) return { what: 'fallback is empty, though the model has items', tensor };
  const seen = new Set<number>();
  for (const [place, row] of fallback.entries()) {
    if (row < 0 || row >= items) {
      return {
        what: `fallback names row ${row} at place ${place}, and the model has ${items} items`,
        tensor,
        row: place,
      };
    }
    if (seen.has(row)) return { what: `fallback names row ${row} twice`, tensor, row: place };
    seen.add(row);
  }
  return undefined;
}

function valueFault(tensor: string, values: Float32Array, columns: number): Fault | undefined {
  // NaN fails the comparison too.
  const index = values.findIndex((value) => !(Math.abs(value) <= VALUE_MAX));
  if (index < 0) return undefined;
  const place = { row: Math.floor(index / columns), column: index % columns };
  const what = `${tensor} holds ${values[index]} in row ${place.row}, column ${place.column}`;
  return { what, tensor, ...place };
}
