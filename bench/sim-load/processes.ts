/** A simulated site and the service that works for it, each a process of its own, over the bundled data and a model of it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from '../../src/app/start.js';
import { loadConfig } from '../../src/config/load.js';
import { unwrap } from '../../src/core/errors.js';
import { built, packageRoot } from '../../src/core/package.js';
import { freePort } from '../harness/free-port.js';
import { prepared } from '../harness/prepared.js';
import { startServer, watchProcess, type BenchServer, type WatchedProcess } from '../harness/server.js';

export interface RunningLoop {
  /** The folder of the log. */
  readonly log: string;
  readonly service: BenchServer;
  readonly site: WatchedProcess;
  /** Lines in the log that the service has not read yet. */
  lag(): Promise<number>;
  stop(): Promise<void>;
}

export interface SiteShape {
  readonly speed: number;
  readonly linesPerSecond: number;
  readonly viewers: number;
}

const PARTITIONS = 2;
/** Behind the users of the bundled data. */
const FIRST_USER = 1_000;
/** Forty minutes before the hours in which the audience is largest. */
const START = '2026-06-05T18:10:00Z';

/** The bundled data imported, and a model trained. */
const bundledWorld = (): Promise<string> =>
  prepared({
    bench: 'bench-sim-load',
    what: 'the bundled data and a model of it',
    sources: ['bench/sim-load/processes.js', 'src/store/meta.js', 'src/app/import.js'],
    shape: [],
    make: async (folder) => {
      const flags = { dataDir: join(folder, 'data'), modelsDir: join(folder, 'models') };
      const { config } = unwrap(loadConfig({ flags, env: {}, cwd: folder }));
      unwrap(await prepare(config, [], 'npm run bench:sim-load', () => undefined));
    },
  });

export async function startLoop({ speed, linesPerSecond, viewers }: SiteShape): Promise<RunningLoop> {
  const from = await bundledWorld();
  const folder = mkdtempSync(join(packageRoot, '.cache/bench-sim-load/run-'));
  cpSync(join(from, 'data'), join(folder, 'data'), { recursive: true });
  const log = join(folder, 'log');
  for (let partition = 0; partition < PARTITIONS; partition++) {
    mkdirSync(join(log, String(partition)), { recursive: true });
  }
  const [apiPort, adminPort] = [await freePort(), await freePort()];
  const api = `http://127.0.0.1:${apiPort}`;
  const service = await startServer([
    ...[built('src/cli/main.js'), 'serve', '--host', '127.0.0.1', '--port', '0', '--admin-port', String(adminPort)],
    ...['--data-dir', join(folder, 'data'), '--models-dir', join(from, 'models')],
    ...['--source', `dir:${log}`, '--film-api', api, '--user-api', api],
  ]);
  const child = spawn(
    process.execPath,
    [
      ...[built('src/cli/main.js'), 'sim', 'run', '--log', `dir:${log}`, '--ask', service.url],
      ...['--api-port', String(apiPort), '--speed', String(speed), '--lines-per-second', String(linesPerSecond)],
      ...['--viewers', String(viewers), '--first-user', String(FIRST_USER), '--start', START, '--json'],
    ],
    { stdio: ['ignore', 'ignore', 'ignore'] },
  );
  return {
    ...{ log, service, site: watchProcess(child.pid!) },
    lag: async () => lagOf(await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text()),
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const lagOf = (metrics: string): number =>
  Array.from(metrics.matchAll(/^matinee_ingest_lag_messages\{.*\} (\d+)$/gm), ([, lines]) => Number(lines)).reduce(
    (sum, lines) => sum + lines,
    0,
  );
