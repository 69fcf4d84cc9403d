/** Composition of the whole loop on one machine: the simulated site in a process of its own, and the service that works for it. */

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import type { Fault } from '../core/fault.js';
import { startService, type LogTarget, type Service } from './serve.js';
import { startWorld, type World } from './world.js';

export interface LoopOptions {
  /** `host:port` of a broker that holds the log; undefined: a log directory. */
  readonly kafka: string | undefined;
  /** The world died, and will be started again. */
  readonly onFault: (fault: Fault) => void;
}

export interface Loop {
  readonly service: Service;
  readonly world: World;
  /** As `--source` takes it. */
  readonly log: string;
  close(): Promise<void>;
}

const TOPIC = 'movielog';

/** Errors: those of the world and of the service. What had started is closed again. */
export async function startLoop(config: Config, options: LoopOptions, target: LogTarget): Promise<Result<Loop>> {
  const { kafka, onFault } = options;
  const folder = resolve(config.dataDir);
  const log = kafka === undefined ? `dir:${join(folder, 'log')}` : `kafka://${kafka}/${TOPIC}`;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    return fail('file-unreadable', `cannot make the folder ${folder} (${(cause as Error).message})`, {
      hint: 'Give a folder that can be written with --data-dir.',
      fields: { folder },
      cause,
    });
  }
  const memory = join(folder, 'world.json');
  const started = await startWorld({ seed: config.seed, log, apiPort: config.sitePort, memory }, onFault);
  if (!started.ok) return started;
  const world = started.value;
  const served = await startService({ ...config, source: log, filmApi: world.apiUrl, userApi: world.apiUrl }, target);
  if (!served.ok) {
    await world.close();
    return served;
  }
  const service = served.value;
  world.go(`http://127.0.0.1:${service.listening.port}`);
  return succeed({
    ...{ service, world, log },
    async close() {
      // First the world: whoever asks no longer is not let down.
      await world.close();
      await service.close();
    },
  });
}
