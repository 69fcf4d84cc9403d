/** The peers in a process of their own, on one thread: one command at a time, so that their rounds alternate with ours. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/core/package.js';
import type { Lap } from '../harness/sides.js';

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

const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

export async function openPeers(python: string): Promise<Peers> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  const { greeting, ask, close } = await startWorker(python);
  const write = (name: string, values: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, values);
    return path;
  };

  return {
    versions: Object.fromEntries(greeting.split(' ').map((pair) => pair.split('=') as [string, string])),
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

/** The process itself: a line in, a line out. */
async function startWorker(python: string) {
  const child = spawn(python, [join(packageRoot, 'bench/peers/worker.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...ONE_THREAD },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('the process of the peers ended: see above');
    return line.value;
  };
  return {
    greeting: await next(),
    ask: (...words: (string | number)[]): Promise<string> => {
      child.stdin.write(`${words.join(' ')}\n`);
      return next();
    },
    close: async (): Promise<void> => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** `<CPU seconds> <wall seconds> <checksum>` */
function lapOf(answer: string): Lap {
  const [cpu, wall, checksum] = answer.split(' ').map(Number) as [number, number, number];
  if (!Number.isFinite(checksum)) throw new Error(`the peers answered: ${answer}`);
  return { cpu: cpu * 1e6, wall: wall * 1e6 };
}
