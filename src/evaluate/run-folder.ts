/** Run folders: what a command measured, beside every input it had. The same inputs give the same folder, byte for byte. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, succeed, type Result } from '../core/errors.js';
import { sha256 } from '../registry/digest.js';

export interface RunFolder {
  /** The command and 12 hex digits of the SHA-256 of `inputs.json`. */
  readonly id: string;
  readonly path: string;
}

/** Contents by name; a name may lead into a folder. */
export type RunFiles = Readonly<Record<string, string>>;

/**
 * Written beside its place and renamed, so that a run folder is whole or not there. One of the same inputs is replaced.
 * @param shelf where run folders lie
 * @param inputs all that the files depend on, as JSON: no time of day, no duration
 * Errors: storage-failed.
 */
export function writeRunFolder(shelf: string, command: string, inputs: object, files: RunFiles): Result<RunFolder> {
  const told = asJson(inputs);
  const id = `${command}-${sha256(Buffer.from(told)).slice(0, 12)}`;
  const path = join(shelf, id);
  const beside = `${path}.part`;
  try {
    rmSync(beside, { recursive: true, force: true });
    for (const [name, content] of Object.entries({ ...files, 'inputs.json': told })) {
      mkdirSync(dirname(join(beside, name)), { recursive: true });
      writeFileSync(join(beside, name), content);
    }
    rmSync(path, { recursive: true, force: true });
    renameSync(beside, path);
    return succeed({ id, path });
  } catch (cause) {
    const hint = 'Make room, or let the data folder be written.';
    return fail('storage-failed', `cannot write ${path}: ${(cause as Error).message}`, { hint, cause });
  }
}

export const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
