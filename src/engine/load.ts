/**
 * Brings one version of the registry into the shared memory, on the thread it is called on.
 *
 *   1. read    tensors, every chunk checked against its SHA-256, values validated; an overlay's rows behind the model's
 *   2. map     model rows ↔ films of the catalogue: a film that the site does not know is never answered
 *   3. write   the image, where there are columns for strangers a second one, and for each policy its view of each
 *   4. try     a few users, compared bit by bit with the plain loop: what fails here never serves
 */

import { MODEL_OVERLAY, VIEW_COLD } from '../../assembly/layout.js';
import { fail, succeed, type Result } from '../core/errors.js';
import type { Registry } from '../registry/registry.js';
import type { State } from '../store/state.js';
import { coldRowsOf, linkCold } from './cold-image.js';
import { writeImage } from './image.js';
import { LIST_LENGTH, policyNamed } from './policy.js';
import type { LoadReport, LoadTask, Workbench } from './protocol.js';
import { planResidence, type Lodging } from './residence.js';
import { tryOut, tryOutStrangers, type Looked } from './trial.js';
import { writeView } from './view.js';

/** Errors: those of the registry's `load`, and version-invalid when the kernels and the plain loop disagree. */
export function loadVersion(bench: Workbench, registry: Registry, state: State, task: LoadTask): Result<LoadReport> {
  const loaded = registry.load(task.version, task.overlay);
  if (!loaded.ok) return loaded;
  const model = loaded.value;
  const films = model.filmIds.map((id) => state.films.indexOf(id));
  const catalogue = films.map((index) => (index < 0 ? undefined : state.films.get(index)));
  const { memory } = bench;
  const { region, shape } = task;
  const plan = planResidence(shape, task.policies);

  const rowOfFilm = new Int32Array(shape.films).fill(-1);
  for (const [row, film] of films.entries()) if (film >= 0 && film < shape.films) rowOfFilm[film] = row;
  const runtimeOfFilm = Float64Array.from(rowOfFilm, (row) => catalogue[row]?.runtime ?? 0);
  writeImage(memory, region, plan.image, model, rowOfFilm, runtimeOfFilm);
  new DataView(memory.buffer, region).setUint32(MODEL_OVERLAY, task.overlay, true);
  const cold = plan.cold && model.cold && { ...plan.cold, ...coldRowsOf(model, model.cold.columns) };
  if (cold !== undefined) {
    writeImage(memory, region + cold.offset, cold.image, cold.model, new Int32Array(0));
    linkCold(memory, region, region + cold.offset, cold.scale, model.cold!.weights);
  }

  for (const name of task.policies) {
    const policy = policyNamed(name);
    const allowed = Uint8Array.from(catalogue, (film) => (film !== undefined && policy.allows(film) ? 1 : 0));
    const ofPolicy = Float32Array.from(catalogue, (film) => (film && policy.bias?.(film)) ?? 0);
    /** Writes the view of the images of one lodging. */
    const look = ({ offset, view, viewOffset }: Lodging, bias: Float32Array): Looked => {
      const address = region + viewOffset.get(name)!;
      writeView(memory, address, view, region + offset, allowed, bias);
      return { image: region + offset, view: address, allowed, bias };
    };
    // The bias of the model and that of the policy are one number to the kernels: their f32 sum.
    const own = look(
      plan,
      ofPolicy.map((value, row) => (model.bias?.[row] ?? 0) + value),
    );
    let difference = tryOut(bench, model, own);
    if (cold !== undefined) {
      // Popularity is one of the columns: the model's own bias would count it twice.
      const strangers = look(cold, ofPolicy);
      new DataView(memory.buffer, own.view).setUint32(VIEW_COLD, strangers.view, true);
      difference ??= tryOutStrangers(bench, cold.model, own, strangers);
    }
    if (difference !== undefined) {
      return fail('version-invalid', `${task.version} under policy ${name}: ${difference}`, {
        hint: 'The kernels disagree with their reference on this machine: report it together with the version.',
        fields: { version: task.version },
      });
    }
  }
  const known = Array.from(model.fallback).filter((row) => catalogue[row] !== undefined);
  return succeed({ fallback: known.slice(0, LIST_LENGTH).map((row) => model.filmIds[row]!) });
}
