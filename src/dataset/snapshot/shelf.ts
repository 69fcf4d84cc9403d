/**
 * The folder in which snapshots stand, each a folder named by its id. What is being written has a name that begins with
 * `.tmp-` and the writer's process id; it is renamed when it is whole and on disk.
 */

import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSnapshotId } from './manifest.js';

/** Ids, newest first; none when there is no such folder. */
export const snapshotIds = (shelf: string): string[] =>
  existsSync(shelf) ? readdirSync(shelf).filter(isSnapshotId).sort().reverse() : [];

/** A folder to write in, after what dead writers left is gone. Throws what the file system throws. */
export function workFolder(shelf: string): string {
  mkdirSync(shelf, { recursive: true });
  for (const name of readdirSync(shelf)) {
    const writer = /^\.tmp-(\d+)$/.exec(name)?.[1];
    // One process writes one snapshot at a time: what bears our own number is of a process before us.
    const isLeft = writer !== undefined && (Number(writer) === process.pid || !isAlive(Number(writer)));
    if (isLeft) rmSync(join(shelf, name), { recursive: true });
  }
  const folder = ownFolder(shelf);
  mkdirSync(folder);
  return folder;
}

/** Gives the finished folder its name. Where a snapshot of that id stands it has the same content, and stays. */
export function publish(shelf: string, folder: string, id: string): void {
  syncFolder(folder);
  if (existsSync(join(shelf, id))) rmSync(folder, { recursive: true });
  else renameSync(folder, join(shelf, id));
  syncFolder(shelf);
}

/** Renamed first: what is half removed must not look like a snapshot. */
export function removeSnapshot(shelf: string, id: string): void {
  const folder = ownFolder(shelf);
  rmSync(folder, { recursive: true, force: true });
  renameSync(join(shelf, id), folder);
  rmSync(folder, { recursive: true });
}

const ownFolder = (shelf: string): string => join(shelf, `.tmp-${process.pid}`);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
