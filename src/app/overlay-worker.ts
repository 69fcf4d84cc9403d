/** The thread beside a running service that gives new films their rows: when, is said in overlay-follower.ts. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { faultOf } from '../core/fault.js';
import { openRegistry } from '../registry/registry.js';
import { openState } from '../store/state.js';
import { stateFolderOf } from './folders.js';
import { overlayFollower, type FromOverlays } from './overlay-follower.js';

const LOOK_MS = 5000;
/** Requests come first. On Linux the priority is the thread's own. */
const BEHIND_REQUESTS = 10;

assert(parentPort !== null);
const port = parentPort;
const send = (message: FromOverlays): void => {
  port.postMessage(message);
};

async function run(config: Config): Promise<Result<void>> {
  const state = openState(stateFolderOf(config));
  if (!state.ok) return state;
  const registry = openRegistry(config.modelsDir);
  if (registry.ok) {
    const look = overlayFollower(registry.value, state.value, send);
    const timer = setInterval(look, LOOK_MS); // the first time when the service is up
    await once(port, 'message');
    clearInterval(timer);
    await registry.value.close();
  }
  await state.value.close();
  return registry.ok ? succeed(undefined) : registry;
}

setPriority(BEHIND_REQUESTS);
const ended = await run(workerData as Config);
if (!ended.ok) send({ kind: 'fault', fault: faultOf(ended.error) });
port.close();
