/** The files of the repository as git sees them: tracked, or new and not ignored. For the tests that read sources. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/core/package.js';

export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  {
    cwd: packageRoot,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(packageRoot, path)))
  .sort();

export const readText = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

/** Our own documents: published data keeps the words it came with. */
export const documents = files.filter((path) => path.endsWith('.md') && !/^data\/.+\//.test(path));
