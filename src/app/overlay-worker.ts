/**
 * The thread that keeps the current version's overlay as new as the catalogue, beside a running service. It looks at the
 * number of films every few seconds, and builds when
 *
 *   1. another version is current that has no overlay of as many films
 *   2. the site lists a film that came since
 *   3. a quarter of an hour has passed: facts came later, and by now people met what is new
 *
 * but spends no more than a small share of its time on building.
 */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { faultOf, type Fault } from '../core/fault.js';
import { openRegistry, type Registry } from '../registry/registry.js';
import { openState, type State } from '../store/state.js';
import { stateFolderOf } from './folders.js';
import { buildOverlay, type BuiltOverlay } from './overlay-build.js';

export type FromOverlays =
  { readonly kind: 'built'; readonly overlay: BuiltOverlay } | { readonly kind: 'fault'; readonly fault: Fault };

const LOOK_MS = 5000;
/** Of the time that a build took, until the next one. */
const PAUSE = 20;
const RENEW_MS = 15 * 60_000;
/** Requests come first. On Linux the priority is the thread's own. */
const BEHIND_REQUESTS = 10;

assert(parentPort !== null);
const port = parentPort;
const send = (message: FromOverlays): void => {
  port.postMessage(message);
};

/** What was looked at, or built, last. */
interface Done {
  readonly version: string;
  /** Films of the state of which it is known whether they are listed. */
  readonly films: number;
  readonly atMs: number;
  /** The next build may begin. */
  readonly nextMs: number;
}

/** Looks once; the answer is remembered until the next time. */
function follower(registry: Registry, state: State): () => void {
  let done: Done | undefined;

  function isDue(version: string, films: number, nowMs: number): boolean {
    if (done?.version !== version) return !isAsNew(registry, version, films);
    if (nowMs - done.atMs >= RENEW_MS) return true;
    for (let film = done.films; film < films; film++) if (state.films.get(film)?.listing === 'listed') return true;
    return false;
  }

  return () => {
    const version = registry.pointers().current;
    const nowMs = performance.now();
    if (version === null || (done !== undefined && nowMs < done.nextMs)) return;
    const films = state.films.count();
    if (!isDue(version, films, nowMs)) {
      done = { version, films, atMs: done?.version === version ? done.atMs : nowMs, nextMs: nowMs };
      return;
    }
    const built = buildOverlay(registry, state, version);
    const atMs = performance.now();
    done = { version, films, atMs, nextMs: atMs + PAUSE * (atMs - nowMs) };
    send(built.ok ? { kind: 'built', overlay: built.value } : { kind: 'fault', fault: faultOf(built.error) });
  };
}

/** Whether the newest overlay was made of as many films. */
function isAsNew(registry: Registry, version: string, films: number): boolean {
  const newest = registry.newestOverlay(version);
  if (newest === 0) return false;
  const overlay = registry.overlay(version, newest);
  return overlay.ok && overlay.value.films === films;
}

async function run(config: Config): Promise<Result<void>> {
  const state = openState(stateFolderOf(config));
  if (!state.ok) return state;
  const registry = openRegistry(config.modelsDir);
  if (registry.ok) {
    const look = follower(registry.value, state.value);
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
