/** `implicit` as a trainer in a process of its own, and the one loss that both sides are judged by. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Side } from '../../src/train/ials-plan.js';
import type { TrainProblem } from '../train/problem.js';
import type { Trainer } from '../train/trainer.js';
import { bytesOf, lapOf, startPeer } from './process.js';

export interface PeerTrainer extends Trainer {
  readonly versions: Readonly<Record<string, string>>;
  /** L of docs/training.md, in numpy. */
  loss(factors: Readonly<Record<Side, Float32Array>>): Promise<number>;
}

export async function openPeerTrainer(python: string, problem: TrainProblem, threads: number): Promise<PeerTrainer> {
  const peer = await startPeer(python, 'als.py');
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  const paths = { users: join(folder, 'users'), items: join(folder, 'items') };
  const read = (path: string): Float32Array => new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
  await peer.ask('load', problem.folder, problem.dimensions, problem.alpha, problem.lambda, threads);
  return {
    versions: peer.versions,
    half: async (side) => lapOf(await peer.ask('half', side)),
    async factors() {
      await peer.ask('factors', paths.users, paths.items);
      return { users: read(paths.users), items: read(paths.items) };
    },
    async loss({ users, items }) {
      writeFileSync(paths.users, bytesOf(users));
      writeFileSync(paths.items, bytesOf(items));
      return Number(await peer.ask('loss', paths.users, paths.items));
    },
    close: async () => {
      await peer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
