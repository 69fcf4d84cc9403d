/** Data of a bench that takes a while to make: made once below .cache/, then kept. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { built, packageRoot } from '../../src/core/package.js';

export interface Preparation {
  /** Folder below .cache/. */
  readonly bench: string;
  /** Shown while it is made. */
  readonly what: string;
  /** What the data depends on: another generator or another shape makes other data, so nothing stale is ever measured. */
  readonly sources: readonly string[];
  readonly shape: readonly number[];
  readonly make: (folder: string) => void | Promise<void>;
}

/** The folder with what `make` wrote. */
export async function prepared({ bench, what, sources, shape, make }: Preparation): Promise<string> {
  const digest = createHash('sha256').update(shape.join(' '));
  for (const file of sources) digest.update(readFileSync(built(file)));
  const folder = join(packageRoot, '.cache', bench, digest.digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  process.stdout.write(`preparing ${what} …\n`);
  const part = `${folder}.${process.pid}.part`;
  mkdirSync(part, { recursive: true });
  try {
    await make(part);
    renameSync(part, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return folder;
}
