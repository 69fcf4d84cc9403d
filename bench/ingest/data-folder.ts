/** A data folder for one run, removed after it. */

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';

/** Beside what is prepared, for folders of the system for temporary files may lie in memory. `from`: what it begins with. */
export async function inDataFolder<T>(from: string | undefined, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(packageRoot, '.cache/bench-ingest');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  try {
    if (from !== undefined) cpSync(from, folder, { recursive: true });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
