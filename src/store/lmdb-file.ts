/**
 * Looks at an LMDB file before LMDB maps it: a foreign or cut-off file would end the process with a signal that nobody
 * can catch. The first two pages are meta pages; in each, little endian:
 *
 *   offset  24      28        48          88              136
 *           magic   version   page size   root of free    root of main (page numbers, u64, all ones when empty)
 *
 * A root was written when its transaction was, and files never shrink: a root beyond the end means lost pages. (The last
 * page of the meta page cannot be used: a sound file may end before it.)
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const MAGIC = 0xbeefc0de;
const META_BYTES = 160;
const EMPTY = 2n ** 64n - 1n;

/** What is wrong with the file, or undefined. Throws what the file system throws. */
export function lmdbFault(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size === 0) return undefined; // a new file, before its first transaction
    const first = readMeta(file, 0);
    if (first.getUint32(24, true) !== MAGIC) return `${path} is not an LMDB file`;
    const pageSize = first.getUint32(48, true);
    const pages = BigInt(Math.floor(size / pageSize));
    for (const meta of [first, readMeta(file, pageSize)]) {
      for (const offset of [88, 136]) {
        const root = meta.getBigUint64(offset, true);
        if (root !== EMPTY && root >= pages) return `${path} is cut off after ${size} bytes`;
      }
    }
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** Zeros stand for what is missing. */
function readMeta(file: number, position: number): DataView {
  const bytes = new Uint8Array(META_BYTES);
  readSync(file, bytes, 0, META_BYTES, position);
  return new DataView(bytes.buffer);
}
