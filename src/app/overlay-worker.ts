/** The thread beside a running service that gives new films their rows: when, is said in overlay-follower.ts. */

import { succeed } from '../core/errors.js';
import { openRegistry } from '../registry/registry.js';
import { openState } from '../store/state.js';
import { stateFolderOf } from './folders.js';
import { overlayFollower, type FromFollower } from './overlay-follower.js';
import { standingWork, type Failed } from './standing-work.js';

export type FromOverlays = FromFollower | Failed;

const LOOK_MS = 5000;

await standingWork(async (config, send: (message: FromOverlays) => void, stopped) => {
  const state = openState(stateFolderOf(config));
  if (!state.ok) return state;
  const registry = openRegistry(config.modelsDir);
  if (registry.ok) {
    const look = overlayFollower(registry.value, state.value, send);
    const timer = setInterval(look, LOOK_MS); // the first time when the service is up
    await stopped;
    clearInterval(timer);
    await registry.value.close();
  }
  await state.value.close();
  return registry.ok ? succeed(undefined) : registry;
});
