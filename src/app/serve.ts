/** Composition of the service: state, registry, engine, ladder, transport and the operators' side, in the order of the flow. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { createEngine, type Engine } from '../engine/engine.js';
import { openRegistry, type Registry } from '../registry/registry.js';
import { assign } from '../serve/assign.js';
import { createLadder, type Ladder } from '../serve/ladder.js';
import { listen } from '../serve/listen.js';
import { readinessOf, type Readiness } from '../serve/readiness.js';
import { createRecommend } from '../serve/recommend.js';
import { createRoutes } from '../serve/routes.js';
import type { Listening } from '../serve/transport.js';
import { openState, type State } from '../store/state.js';

export interface Service {
  readonly listening: Listening;
  readonly readiness: () => Readiness;
  /** Not ready → no new connections → what is in flight is answered → everything closed. */
  close(): Promise<void>;
}

/** How often the registry's pointers are looked at. */
const FOLLOW_MS = 500;
/** What is in flight is settled within the deadline; the rest is for the sockets. */
const DRAIN_MS = 1000;

export async function startService(config: Config): Promise<Result<Service>> {
  const stateFolder = join(config.dataDir, 'state');
  const opened = openState(stateFolder);
  if (!opened.ok) return opened;
  const state = opened.value;
  const found = openRegistry(config.modelsDir);
  if (!found.ok) {
    await state.close();
    return found;
  }
  const registry = found.value;
  const engine = createEngine({
    ...{ registry, stateFolder, modelsFolder: config.modelsDir },
    films: () => state.films.count(),
    workers: config.workers,
    deadlineMs: config.deadlineMs,
    pointers: ['current'],
  });
  const ladder = createLadder();
  fillLadder(engine, ladder);

  await engine.started();
  await engine.residents.refresh();
  const following = setInterval(() => void engine.residents.refresh(), FOLLOW_MS);

  let stopping = false;
  const readiness = (): Readiness =>
    readinessOf([
      modelCheck(engine, registry),
      stateCheck(state),
      { name: 'running', ok: !stopping, detail: stopping ? 'stopping' : 'yes' },
    ]);
  const routes = createRoutes(createRecommend({ engine, assign, ladder }), readiness);
  const release = async (): Promise<void> => {
    clearInterval(following);
    await engine.close();
    await Promise.all([registry.close(), state.close()]);
  };

  const listening = await listen(config.transport, config.host, config.port, routes);
  if (!listening.ok) {
    await release();
    return listening;
  }
  return succeed({
    listening: listening.value,
    readiness,
    async close() {
      stopping = true;
      listening.value.stopAccepting();
      const end = performance.now() + config.deadlineMs + DRAIN_MS;
      while (engine.pending() > 0 && performance.now() < end) await sleep(5);
      await listening.value.close();
      await release();
    },
  });
}

/** Keeps the lower rungs fed: the static list comes with each model, the popular one is counted again at each swap. */
function fillLadder(engine: Engine, ladder: Ladder): void {
  const policy = assign(0).route.policy;
  const count = async (): Promise<void> => {
    const list = await engine.popular(policy);
    if (list.ok) ladder.setPopular(list.value);
  };
  engine.residents.onSwap((_, resident) => {
    ladder.setStatic(resident.fallback);
    void count();
  });
  void count();
}

function modelCheck(engine: Engine, registry: Registry): { name: string; ok: boolean; detail: string } {
  const resident = engine.residents.get('current');
  if (resident !== undefined) return { name: 'model', ok: true, detail: resident.version };
  const { current } = registry.pointers();
  const detail = current === null ? 'no model is current: run `matinee train`' : `${current} did not load: see the log`;
  return { name: 'model', ok: false, detail };
}

function stateCheck(state: State): { name: string; ok: boolean; detail: string } {
  const films = state.films.count();
  return { name: 'state', ok: films > 0, detail: films > 0 ? `${films} films` : 'no films yet: run `matinee import`' };
}
