/** Where this package lives on disk, and where its compiled parts are. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${from}`);
  }
}

export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

export const packageVersion = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;

/**
 * A file that the build made, e.g. `serving.wasm` or `src/engine/worker.js`. Worker threads always run compiled code, also
 * when a test imports the TypeScript sources.
 */
export const built = (path: string): string => join(packageRoot, 'dist', path);
