/** Composition of the work on snapshots: taking, finding, restoring them, and letting old ones go. */

import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { isSnapshotId, type SnapshotManifest } from '../dataset/snapshot/manifest.js';
import { restoreSnapshot } from '../dataset/snapshot/restore.js';
import { removeSnapshot, snapshotIds } from '../dataset/snapshot/shelf.js';
import { readManifest, verifySnapshot } from '../dataset/snapshot/verify.js';
import { writeSnapshot } from '../dataset/snapshot/write.js';
import { codeFacts } from '../registry/code-facts.js';
import { openRegistry } from '../registry/registry.js';
import { openState } from '../store/state.js';
import { snapshotsFolderOf, stateFolderOf } from './folders.js';
import { withState } from './state.js';

export interface Snapshot {
  readonly folder: string;
  readonly manifest: SnapshotManifest;
}

export interface TakenSnapshot extends Snapshot {
  /** False when the newest one still is the state as it is. */
  readonly made: boolean;
  /** Ids of old ones that left for it. */
  readonly removed: readonly string[];
}

/** Those beyond it stay only as long as a model version names them. */
const NEWEST_KEPT = 5;

/** Of the state as it is now. Errors: data-missing, file-unreadable, storage-failed. */
export function takeSnapshot(config: Config, onProgress: OnProgress): Promise<Result<TakenSnapshot>> {
  const shelf = snapshotsFolderOf(config);
  return withState<TakenSnapshot>(config, async (state) => {
    const newest = await newestSound(shelf, state.version());
    if (newest !== undefined) return succeed({ ...newest, made: false, removed: [] });
    const code = await codeFacts();
    const written = writeSnapshot(state, shelf, { code, created: new Date(), onProgress });
    if (!written.ok) return written;
    const removed = await retire(config, shelf);
    return succeed({ folder: join(shelf, written.value.id), manifest: written.value, made: true, removed });
  });
}

/** The newest one, if it is of that version of the state, and whole. */
async function newestSound(shelf: string, stateVersion: string): Promise<Snapshot | undefined> {
  const [id] = snapshotIds(shelf);
  if (id === undefined) return undefined;
  const folder = join(shelf, id);
  const manifest = await readManifest(folder);
  if (!manifest.ok || manifest.value.stateVersion !== stateVersion) return undefined;
  const verified = await verifySnapshot(folder);
  return verified.ok ? { folder, manifest: verified.value } : undefined;
}

/** Proven before it is used. `name` is an id, `newest`, or a path. Errors: those of `verifySnapshot`. */
export async function findSnapshot(config: Config, name: string): Promise<Result<Snapshot>> {
  const shelf = snapshotsFolderOf(config);
  const [newest] = snapshotIds(shelf);
  if (name === 'newest' && newest === undefined) {
    return fail('data-missing', `there is no snapshot in ${shelf}`, { hint: 'Make one with `matinee snapshot`.' });
  }
  const folder = name === 'newest' ? join(shelf, newest!) : isSnapshotId(name) ? join(shelf, name) : resolve(name);
  const verified = await verifySnapshot(folder);
  return verified.ok ? succeed({ folder, manifest: verified.value }) : verified;
}

export interface SnapshotListing {
  /** Newest first; their bytes are not proven. */
  readonly snapshots: readonly SnapshotManifest[];
  /** Ids of those whose manifest cannot be read. */
  readonly damaged: readonly string[];
}

export async function listSnapshots(config: Config): Promise<SnapshotListing> {
  const shelf = snapshotsFolderOf(config);
  const snapshots: SnapshotManifest[] = [];
  const damaged: string[] = [];
  for (const id of snapshotIds(shelf)) {
    const manifest = await readManifest(join(shelf, id));
    if (manifest.ok) snapshots.push(manifest.value);
    else damaged.push(id);
  }
  return { snapshots, damaged };
}

/**
 * Makes the state of a data folder that has none; it appears when it is whole. Errors: usage (there is a state), those of
 * `findSnapshot`.
 */
export async function restoreInto(config: Config, name: string, onProgress: OnProgress): Promise<Result<Snapshot>> {
  const target = stateFolderOf(config);
  if (existsSync(target)) {
    return fail('usage', `there is a state in ${target} already`, {
      hint: 'Give a fresh place with --data-dir and the path of the snapshot, or move the folder away.',
    });
  }
  const snapshot = await findSnapshot(config, name);
  if (!snapshot.ok) return snapshot;
  const beside = `${target}.restoring`;
  rmSync(beside, { recursive: true, force: true });
  const state = openState(beside);
  if (!state.ok) return state;
  const restored = await restoreSnapshot(state.value, snapshot.value.folder, onProgress);
  await state.value.close();
  if (restored.ok) renameSync(beside, target);
  else rmSync(beside, { recursive: true });
  return restored.ok ? snapshot : restored;
}

/** Removes what is neither among the newest nor named by a model version; returns the ids. */
async function retire(config: Config, shelf: string): Promise<string[]> {
  const old = snapshotIds(shelf).slice(NEWEST_KEPT);
  if (old.length === 0) return [];
  const named = await namedByVersions(config);
  if (named === undefined) return [];
  const gone = old.filter((id) => !named.has(id));
  for (const id of gone) removeSnapshot(shelf, id);
  return gone;
}

/** Undefined when a version cannot be read: then nobody knows what it names. */
async function namedByVersions({ modelsDir }: Config): Promise<ReadonlySet<string> | undefined> {
  const registry = openRegistry(modelsDir, { readOnly: true });
  if (!registry.ok) return registry.error.code === 'data-missing' ? new Set() : undefined;
  const { versions, damaged } = registry.value.list();
  await registry.value.close();
  if (damaged.length > 0) return undefined;
  return new Set(versions.flatMap(({ data }) => data?.snapshot?.id ?? []));
}
