/** Composition of the work on model versions: the registry opened for one job, and files in and out of it. */

import { open, readFile, rename, rm } from 'node:fs/promises';
import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import { inPrincipalAxes } from '../registry/axes.js';
import { codeFacts } from '../registry/code-facts.js';
import { exportModel } from '../registry/export-model.js';
import { importModel } from '../registry/import-model.js';
import { factsOf } from '../registry/manifest-of.js';
import type { Manifest, VersionFacts } from '../registry/manifest.js';
import type { Model } from '../registry/model.js';
import { openRegistry, type Registry } from '../registry/registry.js';
import { toPrincipalAxes } from '../train/principal-axes.js';

/** `readOnly` asks for a registry that is there already. Errors: those of opening it and of `work`. */
export async function withRegistry<T>(
  config: Config,
  readOnly: boolean,
  work: (registry: Registry) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const registry = openRegistry(config.modelsDir, { readOnly });
  if (!registry.ok) return registry;
  try {
    return await work(registry.value);
  } finally {
    await registry.value.close();
  }
}

/** The id behind `current`, `previous` or `candidate`; any other name is taken for an id. Errors: pointer-unset. */
export function versionNamed(registry: Registry, name: string): Result<string> {
  if (name !== 'current' && name !== 'previous' && name !== 'candidate') return succeed(name);
  const id = registry.pointers()[name];
  if (id !== null) return succeed(id);
  return fail('pointer-unset', `there is no ${name} version`, {
    hint: 'Name a version: `matinee models list` shows them.',
  });
}

/** The newest overlay, without its rows. */
export interface OverlaySummary {
  readonly number: number;
  readonly created: string;
  readonly films: readonly string[];
}

export interface ShownVersion {
  readonly manifest: Manifest;
  /** Null when there is none. */
  readonly overlay: OverlaySummary | null;
}

/** Errors: those of the registry. */
export function showVersion(registry: Registry, id: string): Result<ShownVersion> {
  const manifest = registry.manifest(id);
  if (!manifest.ok) return manifest;
  const newest = registry.newestOverlay(id);
  if (newest === 0) return succeed({ manifest: manifest.value, overlay: null });
  const overlay = registry.overlay(id, newest);
  if (!overlay.ok) return overlay;
  const { number, created, filmIds: films } = overlay.value;
  return succeed({ manifest: manifest.value, overlay: { number, created, films } });
}

/** The manifest of what was written to `path`. Errors: those of the registry, file-unreadable. */
export async function exportVersion(registry: Registry, id: string, path: string): Promise<Result<Manifest>> {
  const manifest = registry.manifest(id);
  if (!manifest.ok) return manifest;
  const model = registry.load(id);
  if (!model.ok) return model;
  const written = await writeWhole(path, exportModel(model.value, manifest.value));
  return written.ok ? manifest : written;
}

export interface ImportedVersion {
  readonly manifest: Manifest;
  /** What was converted or made up on the way, a sentence each. */
  readonly notes: readonly string[];
}

/** `command` is the command line, for the manifest. Errors: file-unreadable, format-invalid, version-invalid. */
export async function importVersion(
  registry: Registry,
  path: string,
  command: string,
): Promise<Result<ImportedVersion>> {
  const file = await readWhole(path);
  if (!file.ok) return file;
  const imported = importModel(file.value, path);
  if (!imported.ok) return imported;
  const { manifest, notes } = imported.value;
  const { model, turned } = inItsAxes(imported.value.model);
  const facts = manifest === null ? await foreignFacts(model, command) : factsOf(manifest);
  const written = registry.write(model, facts);
  if (!written.ok) return written;
  const turning = turned ? ['items were turned into their principal axes, which leaves every score as it was'] : [];
  return succeed({ manifest: written.value, notes: [...notes, ...turning] });
}

function inItsAxes(model: Model): { model: Model; turned: boolean } {
  const { encoder, items, filmIds, dimensions } = model;
  if (encoder.type !== 'fold-in' || inPrincipalAxes(items, filmIds.length, dimensions)) return { model, turned: false };
  return { model: { ...model, items: toPrincipalAxes(items, filmIds.length, dimensions) }, turned: true };
}

async function foreignFacts({ encoder }: Model, command: string): Promise<VersionFacts> {
  const hyperparameters = Object.fromEntries(Object.entries(encoder).filter(([name]) => name !== 'type'));
  const unknown = { seed: null, data: null, parent: null, metrics: {} };
  return { ...unknown, hyperparameters, command, code: await codeFacts(), created: new Date() };
}

async function readWhole(path: string): Promise<Result<Uint8Array>> {
  try {
    return succeed(await readFile(path));
  } catch (cause) {
    return fail('file-unreadable', `cannot read ${path}: ${(cause as Error).message}`, {
      cause,
      fields: { file: path },
    });
  }
}

/** Beside its place first, so that nobody finds half a file there. */
async function writeWhole(path: string, parts: readonly Uint8Array[]): Promise<Result<void>> {
  const beside = `${path}.${process.pid}.part`;
  try {
    const file = await open(beside, 'w');
    try {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    return succeed(undefined);
  } catch (cause) {
    await rm(beside, { force: true });
    return fail('file-unreadable', `cannot write ${path}: ${(cause as Error).message}`, {
      cause,
      fields: { file: path },
    });
  }
}
