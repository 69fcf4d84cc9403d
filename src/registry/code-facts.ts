/** Which code is running: what a manifest says about the program that made a version. */

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { built, packageRoot, packageVersion } from '../core/package.js';
import { sha256 } from './digest.js';
import type { CodeFacts } from './manifest.js';

export async function codeFacts(): Promise<CodeFacts> {
  return {
    version: packageVersion,
    ...(await workTree(packageRoot)),
    lockfileSha256: fileDigest(join(packageRoot, 'package-lock.json')),
    kernelSha256: fileDigest(built('serving.wasm')),
    node: process.version,
  };
}

/** Nulls where `folder` is not the top of a Git work tree, or where there is no Git. */
export async function workTree(folder: string): Promise<Pick<CodeFacts, 'commit' | 'dirty'>> {
  try {
    // The prefix is empty at the top only: installed inside another project, its commit would say nothing about ours.
    const [prefix, commit] = (await git(folder, 'rev-parse', '--show-prefix', 'HEAD')).split('\n');
    if (prefix !== '' || !commit) return { commit: null, dirty: null };
    return { commit, dirty: (await git(folder, 'status', '--porcelain')) !== '' };
  } catch {
    return { commit: null, dirty: null };
  }
}

const run = promisify(execFile);

const git = async (folder: string, ...args: readonly string[]): Promise<string> =>
  (await run('git', ['-C', folder, ...args], { maxBuffer: 2 ** 26 })).stdout;

const fileDigest = (path: string): string | null => (existsSync(path) ? sha256(readFileSync(path)) : null);
