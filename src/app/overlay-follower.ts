/**
 * Keeps the current version's overlay as new as the catalogue: looks at the number of films whenever it is asked to, and builds when
 *
 *   1. another version is current that has no overlay of as many films
 *   2. the site lists a film that came since
 *   3. a quarter of an hour has passed: facts came later, by now people met what is new, and the site may list films that an
 *      import brought, which no look asks for again: they can be a whole catalogue
 *
 * but spends no more than a small share of its time on building. What fails is tried again at the next of these.
 */

import { MatineeError, type Result } from '../core/errors.js';
import { faultOf, type Fault } from '../core/fault.js';
import type { Registry } from '../registry/registry.js';
import type { State } from '../store/state.js';
import { buildOverlay, type BuiltOverlay } from './overlay-build.js';

export type FromFollower =
  { readonly kind: 'built'; readonly overlay: BuiltOverlay } | { readonly kind: 'fault'; readonly fault: Fault };

/** Of the time that a build took, until the next one. */
const PAUSE = 20;
const RENEW_MS = 15 * 60_000;

/** What was looked at, or built, last. */
interface Done {
  readonly version: string;
  /** Films of the state that were looked at. */
  readonly films: number;
  readonly atMs: number;
  /** The next build may begin. */
  readonly nextMs: number;
}

/** Looks once; the answer is remembered until the next time. */
export function overlayFollower(registry: Registry, state: State, send: (message: FromFollower) => void): () => void {
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
    const built = tryToBuild(registry, state, version);
    const atMs = performance.now();
    done = { version, films, atMs, nextMs: atMs + PAUSE * (atMs - nowMs) };
    send(built.ok ? { kind: 'built', overlay: built.value } : { kind: 'fault', fault: faultOf(built.error) });
  };
}

/** A disk without room is an error like others here: a thread that died of it would build all of it again, for nothing. */
function tryToBuild(registry: Registry, state: State, version: string): Result<BuiltOverlay> {
  try {
    return buildOverlay(registry, state, version);
  } catch (error) {
    if (error instanceof MatineeError && error.code === 'storage-failed') return { ok: false, error };
    throw error;
  }
}

/** Whether the newest overlay was made of as many films. */
function isAsNew(registry: Registry, version: string, films: number): boolean {
  const newest = registry.newestOverlay(version);
  if (newest === 0) return false;
  const overlay = registry.overlay(version, newest);
  return overlay.ok && overlay.value.films === films;
}
