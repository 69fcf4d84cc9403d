/** Which folders and files make a log directory: `<directory>/<partition>/<20-digit offset of its first line>.log`. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface SegmentFile {
  /** Offset of its first line. */
  readonly first: number;
  readonly path: string;
}

/** Ascending. Other files and folders are nobody's business here. Throws what the file system throws. */
export async function partitionsIn(directory: string): Promise<number[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && /^(?:0|[1-9]\d{0,8})$/.test(entry.name))
    .map(({ name }) => Number(name))
    .sort((a, b) => a - b);
}

/** In order of offset; what is not named like a segment is none. Throws what the file system throws. */
export async function segmentsIn(folder: string): Promise<SegmentFile[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^\d{20}\.log$/.test(name))
    .map((name) => ({ first: Number.parseInt(name, 10), path: join(folder, name) }))
    .filter(({ first }) => Number.isSafeInteger(first))
    .sort((a, b) => a.first - b.first);
}

export const segmentName = (first: number): string => `${String(first).padStart(20, '0')}.log`;
