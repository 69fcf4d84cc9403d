/**
 * Whether there is room to write to an LMDB file, asked before LMDB tries. A page that cannot be written must not be met inside
 * LMDB: its binding (lmdb 3.5.6, `mdb_page_flush`) prints the message of that fault, of up to 126 bytes, into 100 bytes, and
 * damages the memory of the process.
 */

import { readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MIB = 1 << 20;
/** What one transaction may add that was not there. The largest is a version of a model: some 40 MiB with d = 192 and 27,000 films. */
const ADDED = 64 * MIB;
/** LMDB takes 2^17 pages of 4 KiB in one transaction. */
const TRANSACTION_MAX = 512 * MIB;

/** What is short, e.g. `12 MiB are left on its disk, and 80 are wanted`; undefined when there is room. `file` need not exist. */
export function shortageAt(file: string): string | undefined {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  // At the worst every page that is there is written anew, to another place.
  const wanted = Math.min(ADDED + size, TRANSACTION_MAX);
  const onDisk = freeOn(dirname(file));
  if (onDisk < wanted) return `${mib(onDisk)} MiB are left on its disk, and ${mib(wanted)} are wanted`;
  const inFile = longestFile() - size;
  if (inFile >= wanted) return undefined;
  return `its file may grow by ${mib(inFile)} MiB (ulimit -f), and ${mib(wanted)} are wanted`;
}

const mib = (bytes: number): number => Math.max(0, Math.floor(bytes / MIB));

/** Bytes, where they are told: a network file system may say that it has no blocks at all, and the folder may be gone. */
function freeOn(folder: string): number {
  try {
    const { bavail, bsize, blocks } = statfsSync(folder);
    return blocks === 0 ? Infinity : bavail * bsize;
  } catch {
    return Infinity;
  }
}

/** Bytes of the longest file that this process may write, where Linux tells. It may be changed while the process runs. */
function longestFile(): number {
  try {
    const soft = /^Max file size +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return soft === undefined ? Infinity : Number(soft);
  } catch {
    return Infinity;
  }
}
