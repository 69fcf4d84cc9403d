/** The peers of the kernel bench, on one thread. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lap } from '../harness/sides.js';
import { bytesOf, lapOf, startPeer } from './process.js';

export interface Peers {
  /** Of each library. */
  readonly versions: Readonly<Record<string, string>>;
  /** What the calls below work on: items × d and vectors × d. */
  load(items: Float32Array, vectors: Float32Array, d: number): Promise<void>;
  /** Finds the best 20 rows of every vector. */
  scan(peer: Peer, batch: number): Promise<Lap>;
  /** The best 20 rows of each of the first 50 vectors. */
  top(peer: Peer): Promise<number[][]>;
  /** Folds in histories of equal lengths, weights 1, by numpy in f64. */
  fold(histories: readonly Int32Array[], alpha: number, ridge: number): Promise<{ lap: Lap; vectors: Float64Array }>;
  close(): Promise<void>;
}

export type Peer = 'faiss' | 'implicit';

export async function openPeers(python: string): Promise<Peers> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  const { versions, ask, close } = await startPeer(python, 'worker.py');
  const write = (name: string, values: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, values);
    return path;
  };

  return {
    versions,
    load: async (items, vectors, d) => {
      await ask('load', write('items', bytesOf(items)), write('vectors', bytesOf(vectors)), d);
    },
    scan: async (peer, batch) => lapOf(await ask('scan', peer, batch)),
    top: async (peer) => {
      const rows = (await ask('top', peer)).split(' ').map(Number);
      return Array.from({ length: rows.length / 20 }, (_, query) => rows.slice(query * 20, query * 20 + 20));
    },
    fold: async (histories, alpha, ridge) => {
      const rows = Int32Array.from(histories.flatMap((history) => [...history]));
      const out = join(folder, 'solved');
      const lap = lapOf(await ask('fold', write('histories', bytesOf(rows)), histories[0]!.length, alpha, ridge, out));
      return { lap, vectors: new Float64Array(Uint8Array.from(readFileSync(out)).buffer) };
    },
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
