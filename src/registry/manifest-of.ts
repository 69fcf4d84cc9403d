/** Makes the manifest of a version from its model and what its maker knows, and gives back what its maker knew. */

import { digestsOf } from './digest.js';
import type { Manifest, TensorFacts, VersionFacts } from './manifest.js';
import type { Model } from './model.js';
import type { Tensor } from './tensors.js';
import { versionId } from './version-id.js';

export function manifestOf(model: Model, tensors: Readonly<Record<string, Tensor>>, facts: VersionFacts): Manifest {
  const { created, ...known } = facts;
  const described = {
    kind: model.kind,
    encoder: model.encoder,
    ...(model.cold && { cold: model.cold.weights }),
    tensors: tensorFacts(tensors),
    created: created.toISOString(),
  };
  return {
    format: 1,
    id: versionId(described),
    items: model.filmIds.length,
    dimensions: model.dimensions,
    ...described,
    ...known,
  };
}

export const tensorFacts = (tensors: Readonly<Record<string, Tensor>>): Record<string, TensorFacts> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { dtype, shape, bytes }]) => [
      name,
      { dtype, shape: [...shape], bytes: bytes.length, ...digestsOf(bytes) },
    ]),
  );

export function factsOf(manifest: Manifest): VersionFacts {
  const { hyperparameters, seed, command, code, data, parent, metrics, created } = manifest;
  return { hyperparameters, seed, command, code, data, parent, metrics, created: new Date(created) };
}
