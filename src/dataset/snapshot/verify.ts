/** Proves a snapshot: every byte against its manifest, and the manifest against itself. */

import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, succeed, type Result } from '../../core/errors.js';
import {
  contentDigest,
  isSnapshotId,
  MANIFEST_FILE,
  manifestSchema,
  snapshotId,
  type FileFacts,
  type SnapshotManifest,
} from './manifest.js';
import { schemaOf } from './parquet-schema.js';
import { readFooter } from './read-table.js';
import type { Table } from './table.js';
import { fileOf, tables } from './tables.js';
import { columnsOf } from './write.js';

/** The manifest alone, not yet proven. Errors: data-missing, format-invalid. */
export async function readManifest(folder: string): Promise<Result<SnapshotManifest>> {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) {
    return fail('data-missing', `there is no snapshot in ${folder}`, { hint: '`matinee snapshot list` shows them.' });
  }
  try {
    return succeed(manifestSchema.parse(JSON.parse(await readFile(path, 'utf8'))));
  } catch (cause) {
    return fail('format-invalid', `${path} is no manifest of a snapshot that this release can read`, {
      hint: 'It is damaged, or another release wrote it: make a new one with `matinee snapshot`.',
      cause,
    });
  }
}

/** Reads every byte once. Errors: data-missing, format-invalid, check-failed (all that is wrong, in one message). */
export async function verifySnapshot(folder: string): Promise<Result<SnapshotManifest>> {
  const manifest = await readManifest(folder);
  if (!manifest.ok) return manifest;
  const faults = [...manifestFaults(manifest.value, basename(folder))];
  for (const table of tables) {
    const fault = await fileFault(folder, table, manifest.value.files[fileOf(table)]);
    if (fault !== undefined) faults.push(`${fileOf(table)} ${fault}`);
  }
  const own = new Set([MANIFEST_FILE, ...tables.map(fileOf)]);
  for (const name of await readdir(folder)) if (!own.has(name)) faults.push(`${name} is no part of it`);
  if (faults.length === 0) return manifest;
  return fail('check-failed', `the snapshot in ${folder} is not what was written: ${faults.join('; ')}`, {
    hint: 'Take another one (`matinee snapshot list`), or make a new one with `matinee snapshot`.',
    fields: { snapshot: manifest.value.id, faults: faults.length },
  });
}

function* manifestFaults(manifest: SnapshotManifest, folder: string): Generator<string> {
  if (contentDigest(manifest) !== manifest.sha256) yield `${MANIFEST_FILE} was changed`;
  else if (snapshotId(new Date(manifest.created), manifest.sha256) !== manifest.id) yield `its id was changed`;
  // A copy may have any name, but not that of another snapshot.
  if (isSnapshotId(folder) && folder !== manifest.id) yield `its folder bears the name of another snapshot`;
}

async function fileFault(folder: string, table: Table, facts: FileFacts | undefined): Promise<string | undefined> {
  if (facts === undefined) return 'is not in the manifest';
  const path = join(folder, fileOf(table));
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) return 'is missing';
  if (file.size !== facts.bytes) return `has ${file.size} bytes instead of ${facts.bytes}`;
  if ((await fileDigest(path)) !== facts.sha256) return 'does not match its SHA-256';
  if (JSON.stringify(facts.columns) !== JSON.stringify(columnsOf(table))) return 'has columns of another release';
  return footerFault(path, table, facts);
}

async function footerFault(path: string, { columns }: Table, { rows }: FileFacts): Promise<string | undefined> {
  try {
    const { num_rows, schema } = await readFooter(path);
    if (Number(num_rows) !== rows) return `has ${num_rows} rows instead of ${rows}`;
    const names = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join();
    return names(schema) === names(schemaOf(columns)) ? undefined : 'has other columns than its manifest says';
  } catch (error) {
    return `cannot be read as Parquet: ${(error as Error).message}`;
  }
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
