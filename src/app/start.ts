/** From nothing to everything a service needs: data imported and a model trained, each only when it is not there yet. */

import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { ImportReport } from '../ingest/import/report.js';
import { openRegistry } from '../registry/registry.js';
import type { ImportRecord } from '../store/imports.js';
import { linearDefaults } from '../train/linear-parameters.js';
import { bundledData, importInto } from './import.js';
import { withState } from './state.js';
import { trainVersions, type TrainedVersion } from './train.js';

export interface Preparation {
  /** Undefined when the data was there already. */
  readonly imported: ImportReport | undefined;
  /** Undefined when a model was there already. */
  readonly trained: readonly TrainedVersion[] | undefined;
  /** Whether the state began with the bundled data and nothing else: then a simulated site does no harm to it. */
  readonly isDemonstration: boolean;
}

/** `files` empty: the bundled data, unless there is any other; in an installation that has none bundled, nothing. */
export async function prepare(
  config: Config,
  files: readonly string[],
  command: string,
  onProgress: OnProgress,
): Promise<Result<Preparation>> {
  const records = await importsSoFar(config);
  if (!records.ok) return records;
  const needed = await missingFiles(config, records.value, files);
  if (!needed.ok) return needed;
  let imported: ImportReport | undefined;
  if (needed.value.length > 0) {
    const report = await importInto(config, { files: needed.value }, onProgress);
    if (!report.ok) return report;
    imported = report.value;
  }
  const isDemonstration = files.length === 0 && (await areBundled(records.value));
  const empty = imported === undefined && records.value.length === 0;
  if (empty || (imported === undefined && (await hasModel(config)))) {
    return succeed({ imported, trained: undefined, isDemonstration });
  }

  const recipe = { kind: 'linear', parameters: { ...linearDefaults, seed: config.seed } } as const;
  const trained = await trainVersions(config, [recipe], { command, onProgress });
  return trained.ok ? succeed({ imported, trained: trained.value, isDemonstration }) : trained;
}

/** What must be imported. Errors: usage, when the state holds other data than the files asked for. */
async function missingFiles(
  config: Config,
  records: readonly ImportRecord[],
  files: readonly string[],
): Promise<Result<readonly string[]>> {
  if (files.length === 0) return succeed(records.length === 0 && existsSync(bundledData) ? [bundledData] : []);
  if (records.length === 0) return succeed(files);

  const digests = new Set(await digestsOf(files));
  const others = records.filter(({ sha256 }) => !digests.has(sha256)).map(({ name }) => name);
  if (others.length === 0) return succeed([]);
  return fail('usage', `${config.dataDir} holds other data already (${[...new Set(others)].join(', ')})`, {
    hint: 'Users of two files must not be mixed up: give a fresh place with --data-dir and --models-dir, or add to what is there with `matinee import`.',
  });
}

async function areBundled(records: readonly ImportRecord[]): Promise<boolean> {
  if (!existsSync(bundledData)) return false;
  const bundled = new Set(await digestsOf([bundledData]));
  return records.every(({ sha256 }) => bundled.has(sha256));
}

async function importsSoFar(config: Config): Promise<Result<readonly ImportRecord[]>> {
  const records = await withState(config, (state) => succeed(state.imports.list()));
  return !records.ok && records.error.code === 'data-missing' ? succeed([]) : records;
}

/** SHA-256 of each file, folders replaced by the files in them; what cannot be read is left to the import to refuse. */
async function digestsOf(paths: readonly string[]): Promise<string[]> {
  const digests: string[] = [];
  for (const path of paths) {
    const folder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
    const files = folder ? (await readdir(path)).map((name) => join(path, name)) : [path];
    for (const file of files) digests.push(...(await digestOf(file)));
  }
  return digests;
}

async function digestOf(file: string): Promise<string[]> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
    return [hash.digest('hex')];
  } catch {
    return [];
  }
}

async function hasModel(config: Config): Promise<boolean> {
  const registry = openRegistry(config.modelsDir, { readOnly: true });
  if (!registry.ok) return false;
  const { current } = registry.value.pointers();
  await registry.value.close();
  return current !== null;
}
