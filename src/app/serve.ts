/** Composition of the service, in the order of the flow: state, registry, engine, ladder, transport, the operators' side. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { built } from '../core/package.js';
import { createEngine, type Engine } from '../engine/engine.js';
import type { IngestStatus } from '../ingest/ingester.js';
import { createLog, logEvents, type Logger, type LogOutput } from '../observe/log.js';
import { openRegistry } from '../registry/registry.js';
import { startAdminServer } from '../serve/admin-server.js';
import { assign } from '../serve/assign.js';
import { createLadder, type Ladder } from '../serve/ladder.js';
import { listen } from '../serve/listen.js';
import type { Readiness } from '../serve/readiness.js';
import { createRecommend } from '../serve/recommend.js';
import { createRoutes } from '../serve/routes.js';
import type { Listening } from '../serve/transport.js';
import { openState, type State } from '../store/state.js';
import { watchDrift } from './drift.js';
import { stateFolderOf } from './folders.js';
import { startIngesting } from './ingesting.js';
import { createOperatorsSide } from './operators.js';
import { startOverlays } from './overlays.js';
import { profilesNews } from './profiles-news.js';
import { startProfiling } from './profiling.js';
import { readinessNow } from './readiness.js';
import { createTeardown, type Teardown } from './teardown.js';

export interface Service {
  readonly listening: Listening;
  readonly adminPort: number;
  readonly readiness: () => Readiness;
  /** Somebody to try it with: user 42, or the first one who has a history. */
  readonly exampleUser: number;
  /** How far the log is read, and what it says of us; undefined where no log is read, or nothing was said yet. */
  readonly ingest: () => IngestStatus | undefined;
  /** Of the version that serves; undefined without one. */
  readonly model: () => string | undefined;
  /** Not ready → no new connections → what is in flight is answered → everything closed. */
  close(): Promise<void>;
}

/** How often the registry's pointers are looked at. */
const FOLLOW_MS = 500;
/** How often the popular rung's list is made anew while a log is read. */
const COUNT_VIEWERS_MS = 5000;
/** For requests that have reached this machine but not yet this process when it is asked to stop. */
const GRACE_MS = 100;
/** What is in flight is settled within the deadline; the rest is for the sockets. */
const DRAIN_MS = 1000;

/** Where the log goes; a person at a terminal gets lines for people. */
export interface LogTarget {
  readonly stderr: LogOutput;
  readonly isTty: boolean;
}

/** Errors: file-unreadable, address-in-use, transport-unavailable. What had started is closed again. */
export async function startService(config: Config, { stderr, isTty }: LogTarget): Promise<Result<Service>> {
  const log = createLog(stderr, isTty);
  const teardown = createTeardown();
  teardown.add(() => {
    log.info('stopped');
  });
  teardown.add(logEvents(log));
  const started = await compose(config, log, teardown);
  if (!started.ok) {
    await teardown.run();
    return started;
  }
  const { listening, adminPort } = started.value;
  log.info({ port: listening.port, adminPort, transport: listening.transport }, 'listening');
  return started;
}

async function compose(config: Config, log: Logger, teardown: Teardown): Promise<Result<Service>> {
  const stateFolder = stateFolderOf(config);
  const openedState = openState(stateFolder);
  if (!openedState.ok) return openedState;
  const state = openedState.value;
  teardown.add(() => state.close());
  const openedRegistry = openRegistry(config.modelsDir);
  if (!openedRegistry.ok) return openedRegistry;
  const registry = openedRegistry.value;
  teardown.add(() => registry.close());

  const engine = createEngine({
    ...{ registry, stateFolder, modelsFolder: config.modelsDir },
    films: () => state.films.count(),
    workers: config.workers,
    deadlineMs: config.deadlineMs,
    pointers: ['current'],
  });
  teardown.add(() => engine.close());
  let stopping = false;
  let listening: Listening | undefined;
  const profiles = profilesNews(log);
  const ingesting = config.source === undefined ? undefined : startIngesting(config, profiles.take);
  if (ingesting !== undefined) teardown.add(ingesting.close);
  const drift = watchDrift(config);
  teardown.add(drift.close);
  const readiness = (): Readiness => readinessNow({ engine, registry, state, ingesting }, stopping);
  const ladder = createLadder();
  const operators = await createOperatorsSide({
    ...{ engine, state, readiness, ingesting, profiles: profiles.status, drift: drift.scores },
    lowerRung: ladder.rung,
    transport: () => listening?.transport,
  });
  teardown.add(operators.close);
  const countViewers = (): void => void countInto(ladder, engine);
  engine.residents.onSwap((_, resident) => {
    ladder.setStatic(resident.fallback);
  });
  countViewers();
  await Promise.all([engine.started(), engine.residents.refresh()]);
  // Only now: the first model is a swap too, and the viewers have just been counted.
  engine.residents.onSwap(countViewers);
  if (ingesting !== undefined) {
    const counting = setInterval(countViewers, COUNT_VIEWERS_MS);
    teardown.add(() => {
      clearInterval(counting);
    });
  }
  const following = setInterval(() => {
    // What serves goes on serving when the registry cannot be read, and the next look may succeed.
    engine.residents.refresh().catch((error: unknown) => {
      log.error({ error }, 'the model registry cannot be followed');
    });
  }, FOLLOW_MS);
  teardown.add(() => {
    clearInterval(following);
  });

  const routes = createRoutes(createRecommend({ engine, assign, ladder }), readiness);
  const listened = await listen(config.transport, config.host, config.port, routes);
  if (!listened.ok) return listened;
  listening = listened.value;
  const { stopAccepting, close } = listening;
  teardown.add(close);

  const { adminHost: host, adminPort: port } = config;
  const admin = await startAdminServer({ host, port, pageFolder: built('web'), sources: operators.sources });
  if (!admin.ok) return admin;
  teardown.add(() => admin.value.close());

  // Only now: they load much, and no answer waits for them.
  if (ingesting === undefined) teardown.add(startProfiling(config, profiles.take).close);
  teardown.add(startOverlays(config, log).close);

  return succeed({
    listening,
    adminPort: admin.value.port,
    readiness,
    exampleUser: exampleUserOf(state),
    ingest: () => ingesting?.status(),
    model: () => engine.residents.get('current')?.version,
    async close() {
      stopping = true;
      stopAccepting();
      const end = performance.now() + config.deadlineMs + DRAIN_MS;
      await sleep(GRACE_MS);
      while (engine.pending() > 0 && performance.now() < end) await sleep(5);
      await teardown.run();
    },
  });
}

const EXAMPLE_USER = 42;

function exampleUserOf({ histories }: State): number {
  if (histories.read(EXAMPLE_USER) !== undefined) return EXAMPLE_USER;
  for (const user of histories.users()) return user;
  return EXAMPLE_USER;
}

/** Counts the popular rung's list anew, off the main thread; when that fails, the last list stays. */
async function countInto(ladder: Ladder, engine: Engine): Promise<void> {
  const list = await engine.popular(assign(0).route.policy);
  if (list.ok) ladder.setPopular(list.value);
}
