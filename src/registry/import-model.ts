/**
 * A model from a safetensors file, whoever made it (docs/models.md, "Bring a model from Python").
 *
 *   1. metadata   the encoder, from `encoder` or from `kind` and the numbers that go with it
 *   2. tensors    items and film_ids are needed; bias, user, gain, cold and fallback may be there
 *   3. fallback   the rows of largest norm, when the file has none
 *   4. validate   shapes, values, ids
 *
 * The items stay as they are: a fold-in model from elsewhere still has to be rotated into its principal axes.
 */

import { parseJson } from '../core/json.js';
import { succeed, type Result } from '../core/errors.js';
import { coldWeightsOf, encoderOf, kindOf } from './import-metadata.js';
import { readTensors } from './import-tensors.js';
import { manifestSchema, type Manifest } from './manifest.js';
import { factsOf, manifestOf } from './manifest-of.js';
import type { Model } from './model.js';
import { decodeSafetensors } from './safetensors.js';
import { toTensors } from './tensors.js';
import { validateModel } from './validate.js';

export interface ImportedModel {
  readonly model: Model;
  /** The manifest of the version that was exported; null for a model made elsewhere, or altered since. */
  readonly manifest: Manifest | null;
  /** What was converted or made up, a sentence each. */
  readonly notes: readonly string[];
}

/** `path` names the file in errors. Errors: format-invalid, version-invalid. */
export function importModel(file: Uint8Array, path: string): Result<ImportedModel> {
  const decoded = decodeSafetensors(file, path);
  if (!decoded.ok) return decoded;
  const content = decoded.value;
  const notes: string[] = [];
  const kind = kindOf(content.metadata, path);
  if (!kind.ok) return kind;
  const encoder = encoderOf(content.metadata, kind.value, path);
  if (!encoder.ok) return encoder;
  const weights = coldWeightsOf(content.metadata, path);
  if (!weights.ok) return weights;
  const tensors = readTensors(content, weights.value, path, notes);
  if (!tensors.ok) return tensors;

  const valid = validateModel({ kind: kind.value, encoder: encoder.value, ...tensors.value });
  if (!valid.ok) return valid;
  const manifest = manifestFor(valid.value, content.metadata.get('manifest'));
  if (manifest === null && content.metadata.has('manifest')) {
    notes.push('the manifest in the file describes another model, so its provenance is left out');
  }
  return succeed({ model: valid.value, manifest, notes });
}

/** The manifest that came along, when it describes these very tensors. */
function manifestFor(model: Model, text: string | undefined): Manifest | null {
  const parsed = manifestSchema.safeParse(text === undefined ? undefined : parseJson(text));
  if (!parsed.success) return null;
  return manifestOf(model, toTensors(model), factsOf(parsed.data)).id === parsed.data.id ? parsed.data : null;
}
