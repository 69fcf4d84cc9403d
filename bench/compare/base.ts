/** The base of a comparison: a commit in a work tree of its own, installed and built once, then kept. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';

const run = (folder: string, program: string, ...words: string[]): string =>
  execFileSync(program, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The whole name of the commit that `revision` means. */
export function commitOf(revision: string): string {
  try {
    return run(
      packageRoot,
      'git',
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    ).trim();
  } catch {
    throw new Error(`--base ${revision}: Git knows no such commit here; give a branch, a tag or a hash`);
  }
}

/** Instruments that the commit and the work tree have differently: then the comparison measures that too. */
export function changedInstruments(commit: string): string[] {
  const folders = ['compare', 'harness', 'kernel', 'serve'].map((folder) => `bench/${folder}`);
  return run(packageRoot, 'git', 'diff', '--name-only', commit, '--', ...folders)
    .split('\n')
    .filter(Boolean);
}

/** Where the commit is, built. Throws where it has no side program, or cannot be built. */
export function prepareBase(commit: string): string {
  const root = join(packageRoot, '.cache/bench-base', commit.slice(0, 12));
  // Written last: what was left half made is made again.
  const stamp = join(root, 'dist/bench-base');
  if (!existsSync(stamp)) {
    if (run(packageRoot, 'git', 'ls-tree', commit, 'bench/compare/side.ts') === '') {
      throw new Error(`${commit.slice(0, 12)} has no bench/compare: only commits that have it can be a base`);
    }
    process.stderr.write(`building the base in ${root}\n`);
    if (!existsSync(join(root, '.git'))) {
      run(packageRoot, 'git', 'worktree', 'prune');
      run(packageRoot, 'git', 'worktree', 'add', '--force', '--detach', root, commit);
    }
    install(root);
    run(root, 'npm', 'run', 'build');
    writeFileSync(stamp, '');
  }
  return root;
}

/** With the same lock file the packages are the same ones. */
function install(root: string): void {
  const [theirs, ours] = [root, packageRoot].map((folder) => readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  if (theirs !== ours) run(root, 'npm', 'ci');
  else if (!existsSync(join(root, 'node_modules')))
    symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
}
