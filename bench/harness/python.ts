/** A Python environment for the peers, made once below .cache/ where python3 and its package installer can. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { short } from './form.js';

const folder = join(packageRoot, '.cache/bench-python');
const interpreter = join(folder, 'bin/python');
const requirements = join(packageRoot, 'bench/peers/requirements.txt');
/** A copy of the requirements, written last: what is installed. */
const stamp = join(folder, 'installed.txt');

/** The interpreter of an environment that holds what the requirements name. */
export function findPython(): string | undefined {
  const ready = existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8');
  return ready ? interpreter : undefined;
}

/** Of these packages, by the requirements. */
export function pinnedVersions(packages: readonly string[]): Record<string, string> {
  const pins = readFileSync(requirements, 'utf8').matchAll(/^([\w-]+)(?:\[\w+\])?==(.+)$/gm);
  const versions = new Map(Array.from(pins, ([, name, version]) => [name!, version!]));
  return Object.fromEntries(packages.map((name) => [name, versions.get(name)!]));
}

/** Why rows against Python peers are left out of a report. */
export const PYTHON_MISSING = 'python3, or a way to install its packages, is missing';

/** The interpreter, its environment made where it is missing; undefined, with the reason printed, where it cannot be made. */
export function pythonIfPossible(): string | undefined {
  try {
    return installPython();
  } catch (error) {
    process.stdout.write(`the Python peers do not run: ${String(error)}\n`);
    return undefined;
  }
}

/** Throws what python3 or the installer said when they cannot. */
function installPython(): string {
  const found = findPython();
  if (found !== undefined) return found;
  if (short) throw new Error('a short run installs nothing');
  process.stdout.write(`installing bench/peers/requirements.txt into ${folder}\n`);
  mkdirSync(folder, { recursive: true });
  const run = (program: string, ...words: string[]): void => {
    execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  run('python3', '-m', 'venv', folder);
  run(interpreter, '-m', 'pip', 'install', '--quiet', '--retries', '1', '--requirement', requirements);
  writeFileSync(stamp, readFileSync(requirements));
  return interpreter;
}
