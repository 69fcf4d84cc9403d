/** A disk of its own that can be filled: a file system in memory, in a namespace that needs no rights where Linux allows it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MIB = 1 << 20;

export interface SmallDisk {
  /** Its root; every process of this machine can use it. */
  readonly folder: string;
  /** Fills it but for so many MiB. */
  fill(leftMib: number): void;
  /** Gives the room back. */
  clear(): void;
  close(): void;
}

/** Undefined, and said, where such a disk cannot be made. It is there until `close`. */
export async function openSmallDisk(sizeMib: number): Promise<SmallDisk | undefined> {
  const mount = mkdtempSync(join(tmpdir(), 'matinee-disk-'));
  const script = `mount -t tmpfs -o size=${sizeMib}m none "$0" && echo ready && exec sleep 600`;
  const holder = spawn('unshare', ['-rm', 'sh', '-c', script, mount], { stdio: ['ignore', 'pipe', 'ignore'] });
  const isReady = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    once(holder, 'exit').then(() => false),
    once(holder, 'error').then(() => false),
  ]);
  if (!isReady) {
    rmSync(mount, { recursive: true });
    console.log('skipped: a disk that is full (no file system can be mounted here)');
    return undefined;
  }
  const folder = `/proc/${holder.pid}/root${mount}`;
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: (leftMib) => {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(bavail * bsize - leftMib * MIB));
    },
    clear: () => {
      rmSync(filler);
    },
    close: () => {
      holder.kill('SIGKILL');
      rmSync(mount, { recursive: true });
    },
  };
}
