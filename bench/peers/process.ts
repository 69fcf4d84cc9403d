/** A Python peer in a process of its own: one line asked, one line answered, so that its rounds alternate with ours. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/core/package.js';
import type { Lap } from '../harness/sides.js';

export interface PeerProcess {
  /** Of each library, from its first line: `name=version name=version`. */
  readonly versions: Readonly<Record<string, string>>;
  ask(...words: (string | number)[]): Promise<string>;
  close(): Promise<void>;
}

/** Libraries keep to the thread that calls them, unless a call says otherwise; nothing is written beside the scripts. */
export const PEER_ENVIRONMENT = {
  ...{ OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  PYTHONDONTWRITEBYTECODE: '1',
};

/** `script`: a file of bench/peers. */
export async function startPeer(python: string, script: string): Promise<PeerProcess> {
  const child = spawn(python, [join(packageRoot, 'bench/peers', script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...PEER_ENVIRONMENT },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`bench/peers/${script} ended: see above`);
    return line.value;
  };
  const greeting = await next();
  return {
    versions: Object.fromEntries(greeting.split(' ').map((pair) => pair.split('=') as [string, string])),
    ask: (...words) => {
      child.stdin.write(`${words.join(' ')}\n`);
      return next();
    },
    close: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** `<CPU seconds> <wall seconds> <checksum>` */
export function lapOf(answer: string): Lap {
  const [cpu, wall, checksum] = answer.split(' ').map(Number) as [number, number, number];
  if (!Number.isFinite(checksum)) throw new Error(`the peer answered: ${answer}`);
  return { cpu: cpu * 1e6, wall: wall * 1e6 };
}

export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
