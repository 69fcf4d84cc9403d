/** The same service as one would write it in Python: recommender.py behind a web framework, on the server it is run with. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { launchServer, type BenchServer } from '../harness/server.js';
import { PEER_ENVIRONMENT } from './process.js';

export interface WebPeer {
  readonly name: string;
  /** What of requirements.txt it runs on. */
  readonly packages: readonly string[];
  /** How many times its requests per CPU-second ours must be. */
  readonly bar?: number;
  /** Of the interpreter. */
  readonly words: readonly string[];
}

const folder = join(packageRoot, 'bench/peers');
/** Processes: one for each core, as both servers' guides have it for work that never waits. */
export const WORKERS = availableParallelism();

export const webPeers: readonly WebPeer[] = [
  {
    name: 'Flask on gunicorn',
    packages: ['flask', 'gunicorn', 'numpy'],
    bar: 20,
    words: [
      ...['-m', 'gunicorn', 'flask_app:app', '--chdir', folder, '--bind', '127.0.0.1:0'],
      ...['--workers', String(WORKERS), '--preload', '--no-control-socket'],
    ],
  },
  {
    name: 'FastAPI on uvicorn',
    packages: ['fastapi', 'uvicorn', 'numpy'],
    words: [
      ...['-m', 'uvicorn', 'fastapi_app:app', '--app-dir', folder, '--host', '127.0.0.1', '--port', '0'],
      ...['--workers', String(WORKERS), '--loop', 'uvloop', '--http', 'httptools', '--no-access-log'],
    ],
  },
];

/** `catalogue`: a folder that catalogue.ts wrote. */
export function startWebPeer(python: string, { words }: WebPeer, catalogue: string): Promise<BenchServer> {
  const environment = { ...PEER_ENVIRONMENT, BENCH_CATALOGUE: catalogue };
  return launchServer({ command: python, words, environment, announces: /http:\/\/127\.0\.0\.1:(\d+)/ });
}
