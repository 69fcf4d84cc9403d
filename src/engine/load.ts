/**
 * Brings one version of the registry into the shared memory, on the thread it is called on.
 *
 *   1. read    tensors, every chunk checked against its SHA-256, values validated
 *   2. map     model rows ↔ films of the catalogue: a film that the site does not know is never answered
 *   3. write   the image, and for each policy its view
 *   4. try     a few users, compared bit by bit with the plain loop: what fails here never serves
 */

import { fail, succeed, type Result } from '../core/errors.js';
import type { Model } from '../registry/model.js';
import type { Registry } from '../registry/registry.js';
import type { Film } from '../store/films.js';
import type { State } from '../store/state.js';
import { shapeOfModel, writeImage } from './image.js';
import { LIST_LENGTH, policyNamed, type Policy } from './policy.js';
import type { LoadReport, LoadTask, Workbench } from './protocol.js';
import { planResidence } from './residence.js';
import { tryOut } from './trial.js';
import { writeView } from './view.js';

/** Errors: those of the registry's `load`, and version-invalid when the kernels and the plain loop disagree. */
export function loadVersion(bench: Workbench, registry: Registry, state: State, task: LoadTask): Result<LoadReport> {
  const loaded = registry.load(task.version);
  if (!loaded.ok) return loaded;
  const model = loaded.value;
  const films = model.filmIds.map((id) => state.films.indexOf(id));

  const rowOfFilm = new Int32Array(task.films).fill(-1);
  for (const [row, film] of films.entries()) if (film >= 0 && film < task.films) rowOfFilm[film] = row;
  const plan = planResidence({ ...shapeOfModel(model), films: task.films, slabs: task.slabs }, task.policies);
  const catalogue = films.map((index) => (index < 0 ? undefined : state.films.get(index)));
  const runtimeOfFilm = Float64Array.from(rowOfFilm, (row) => catalogue[row]?.runtime ?? 0);
  writeImage(bench.memory, task.region, plan.image, model, rowOfFilm, runtimeOfFilm);

  for (const name of task.policies) {
    const policy = policyNamed(name);
    const view = task.region + plan.viewOffset.get(name)!;
    const allowed = Uint8Array.from(catalogue, (film) => (film !== undefined && policy.allows(film) ? 1 : 0));
    const bias = Float32Array.from(catalogue, (film, row) => biasOf(model, policy, film, row));
    writeView(bench.memory, view, plan.view, task.region, allowed, bias);

    const difference = tryOut(bench, model, task.region, view, allowed, bias);
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

/** The bias of the model and that of the policy are one number to the kernels: their f32 sum. */
function biasOf(model: Model, policy: Policy, film: Film | undefined, row: number): number {
  const own = model.bias?.[row] ?? 0;
  return film === undefined || policy.bias === undefined ? own : Math.fround(own + policy.bias(film));
}
