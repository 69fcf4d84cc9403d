/**
 * An overlay: rows for films that came after a version was trained. A version never changes, and neither does an overlay; the
 * next one of the same version has the next number, and all films again.
 */

import { z } from 'zod';
import { tensorSchema } from './manifest.js';
import type { Model } from './model.js';

export interface OverlayRows {
  /** UTC, ISO 8601. */
  readonly created: string;
  /** Films of the state that it was made of, those of the version among them. */
  readonly films: number;
  readonly filmIds: readonly string[];
  /** filmIds × d of the version, row-major f32. */
  readonly items: Float32Array;
  /** These are there where the version has them; `cold` has as many columns as its. */
  readonly bias?: Float32Array;
  readonly gain?: Float32Array;
  readonly cold?: Float32Array;
}

export interface Overlay extends OverlayRows {
  /** The version that its rows stand behind. */
  readonly version: string;
  /** From 1. */
  readonly number: number;
}

/** What is stored beside the tensors of an overlay, which are those of a model of its films alone. */
export const overlayManifestSchema = z.strictObject({
  created: z.iso.datetime(),
  films: z.int().min(0),
  items: z.int().min(0),
  tensors: z.record(z.string(), tensorSchema),
});

export type OverlayManifest = z.infer<typeof overlayManifestSchema>;

/** The films of the overlay alone as a model of the same kind; what the model has no use for is left out. */
export function alone(model: Model, { filmIds, items, bias, gain, cold }: OverlayRows): Model {
  const { kind, encoder, dimensions } = model;
  return {
    ...{ kind, encoder, dimensions, filmIds, items, fallback: new Int32Array(0) },
    ...(model.bias && bias && { bias }),
    ...(model.gain && gain && { gain }),
    ...(model.cold && cold && { cold: { weights: model.cold.weights, columns: cold } }),
  };
}

/** The model with the overlay's rows behind its own; the fallback stays. */
export function extended(model: Model, overlay: OverlayRows): Model {
  const { bias, gain, cold } = model;
  return {
    ...model,
    filmIds: [...model.filmIds, ...overlay.filmIds],
    items: joined(model.items, overlay.items),
    ...(bias && { bias: joined(bias, overlay.bias) }),
    ...(gain && { gain: joined(gain, overlay.gain) }),
    ...(cold && { cold: { ...cold, columns: joined(cold.columns, overlay.cold) } }),
  };
}

function joined(first: Float32Array, second: Float32Array = new Float32Array(0)): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
