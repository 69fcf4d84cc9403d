/** Composition of the simulated site: world, log, look-up APIs, the recommender that it asks, and whoever directs the faults. */

import { MatineeError, succeed, unwrap, type Result } from '../core/errors.js';
import { built } from '../core/package.js';
import { goodBehaviour, type ApiBehaviour } from '../sim/api/behaviour.js';
import { startApiStandIn, type ApiStandIn } from '../sim/api/stand-in.js';
import { bundledCatalogue } from '../sim/catalogue/bundled.js';
import type { SimFilm } from '../sim/catalogue/film.js';
import { createGrader, type Recommender } from '../sim/grader/grader.js';
import { faultySink } from '../sim/log/faulty-sink.js';
import type { LogConditions } from '../sim/log/log-conditions.js';
import { createSitePage } from '../sim/page/routes.js';
import { createDirector, type ActChange } from '../sim/scenario/director.js';
import { fitScenario } from '../sim/scenario/fit.js';
import type { Scenario } from '../sim/scenario/scenario.js';
import type { InjectedEvent, Stage } from '../sim/scenario/stage.js';
import { drive } from '../sim/site/drive.js';
import { Site } from '../sim/site/site.js';
import { createTally, type Tally } from '../sim/site/tally.js';
import { createVisitors, type Visitors } from '../sim/site/visitors.js';
import { mix } from '../sim/mix.js';
import { createSimWorld, type SimWorld } from '../sim/world.js';
import { openLogSink } from './sim-log.js';
import { openTruthFile, type TruthFile } from './sim-truth.js';
import { createTeardown, type Teardown } from './teardown.js';

/** Formats of the log and the look-up APIs: that of 2022, and that of 2026 with its longer scale. */
export type Edition = 2022 | 2026;

export interface SimOptions {
  readonly seed: number;
  /** How often this world has been played before: it goes on with other random numbers. */
  readonly run: number;
  readonly viewers: number;
  /** The lowest of their ids. */
  readonly firstUser: number;
  /** How many have an account; nine in ten unless given. */
  readonly registered?: number | undefined;
  /** In the evening, of world time. */
  readonly linesPerSecond: number;
  readonly edition: Edition;
  /** When the log begins, ms since 1970, whole seconds. */
  readonly startMs: number;
  /** `dir:PATH` or `kafka://host:port/topic` */
  readonly log: string;
  /** What a partition of a log directory keeps, of 64 MiB each; everything unless given. */
  readonly segmentsMax?: number;
  /** Of the look-up APIs; 0 takes any free one. */
  readonly apiPort: number;
  /** World seconds a second; Infinity: as fast as it goes. */
  readonly speed: number;
  /** World seconds; Infinity: until it is stopped. */
  readonly seconds: number;
  readonly scenario: Scenario | undefined;
  readonly truthFile: string | undefined;
  readonly onAct: (change: ActChange) => void;
}

export interface Sim {
  readonly site: Site;
  /** Of the look-up APIs. */
  readonly apiUrl: string;
  readonly tally: Tally;
  /** People who signed up on its page. */
  readonly visitors: Visitors;
  /**
   * Plays until the end or `signal`. `ask`: `http://host:port` of the recommender, or one for runs that must come out the same.
   * Rejects with what the log cannot take.
   */
  run(ask: string | Recommender, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const PARTITIONS = 2;
/** Where no catalogue is bundled. */
const FILMS = 9_000;

/** Errors: usage, storage-failed, source-unreachable, source-refused, address-in-use. */
export async function openSim(options: SimOptions): Promise<Result<Sim>> {
  const teardown = createTeardown();
  try {
    return succeed(await compose(options, teardown));
  } catch (error) {
    await teardown.run();
    if (error instanceof MatineeError) return { ok: false, error };
    throw error;
  }
}

async function compose(options: SimOptions, teardown: Teardown): Promise<Sim> {
  const { seed: worldSeed, run, edition, scenario, speed, seconds } = options;
  const seed = run === 0 ? worldSeed : mix(worldSeed, run);
  const known = bundledCatalogue();
  const { viewers: users, firstUser } = options;
  const world = createSimWorld({ seed: worldSeed, films: known.length || FILMS, users, firstUser, known });
  const truth = options.truthFile === undefined ? undefined : await openTruthFile(options.truthFile);
  if (truth !== undefined) teardown.add(() => truth.close());

  const site = new Site(world, {
    ...options,
    seed,
    ...shapeOf(edition),
    partitions: PARTITIONS,
    onFault: truth?.fault,
    life: 'lively',
  });

  // Whoever asks for the viewers asks for people too.
  let recommender: Recommender | undefined;
  const { ratingScale } = shapeOf(edition);
  const visitors = createVisitors({ site, ratingScale, recommender: () => recommender });
  const api = await startApis(site, visitors, options);
  teardown.add(() => api.close());

  // Behind the port: who opens a log cuts off what has not been ended, and another site may still be writing it.
  const log: LogConditions = { faults: 'none', withheld: false, duplicateBatchShare: 0 };
  const opened = await openLogSink(options.log, PARTITIONS, options.segmentsMax);
  if (!opened.ok) throw opened.error;
  const sink = faultySink(opened.value, log, seed);
  teardown.add(() => sink.close());

  const stage = stageOf(site, log, ratingScale, (behaviour) => void api.behave(behaviour));
  const director = scenario && createDirector(unwrap(fitScenario(scenario, world)), seed);
  const tally = createTally();
  return {
    site,
    tally,
    visitors,
    apiUrl: api.url,
    run: async (ask, signal) => {
      const asked = typeof ask === 'string' ? createGrader({ url: ask, filmIndex: availableFilms(site) }) : ask;
      recommender = asked;
      teardown.add(() => asked.close());
      await drive({
        ...{ site, recommender: asked, sink, speed, seconds, signal },
        before: () => {
          visitors.write();
          for (const change of director?.turn(stage) ?? []) noteAct(change, truth, options.onAct);
          site.lines.faults = log.faults;
        },
        after: (played, answers) => {
          tally.add(played, answers);
          for (const one of played.truths) truth?.answer(one);
        },
      });
    },
    close: () => teardown.run(),
  };
}

/** Throws address-in-use. */
async function startApis(site: Site, visitors: Visitors, { apiPort: port, edition }: SimOptions): Promise<ApiStandIn> {
  const page = createSitePage({ site, visitors, ...shapeOf(edition), pageFolder: built('web') });
  try {
    const told = { film: filmAsTold(site), user: visitors.profile };
    return await startApiStandIn(site.world, { port, style: styleOf(edition), page, ...told });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new MatineeError('address-in-use', `the simulated site cannot listen on 127.0.0.1:${port}`, {
      hint: 'Another process listens there: end it, or choose another port.',
      fields: { port },
      cause,
    });
  }
}

function noteAct(change: ActChange, truth: TruthFile | undefined, onAct: SimOptions['onAct']): void {
  truth?.act(change);
  onAct(change);
}

const shapeOf = (edition: Edition) => ({ ratingScale: edition === 2022 ? 5 : 10 });
const styleOf = (edition: Edition) => (edition === 2022 ? 'old' : 'new');

const availableFilms =
  ({ world, conditions }: Site) =>
  (id: string): number | undefined => {
    const index = world.indexOf(id);
    return index !== undefined && index < conditions.filmsAvailable ? index : undefined;
  };

/** Of films that exist, at today's price. */
function filmAsTold(site: Site): (id: string) => SimFilm | undefined {
  const indexOf = availableFilms(site);
  return (id) => {
    const index = indexOf(id);
    if (index === undefined) return undefined;
    const film = site.world.film(index);
    const { cost } = film;
    return { ...film, cost: cost === null ? null : Math.round(cost * site.conditions.costFactor * 100) / 100 };
  };
}

function stageOf(
  site: Site,
  log: LogConditions,
  ratingScale: number,
  behave: (behaviour: ApiBehaviour) => void,
): Stage {
  const world: SimWorld = site.world;
  let api = goodBehaviour;
  return {
    ...{ world, log, ratingScale, conditions: site.conditions },
    get second() {
      return site.second;
    },
    get api() {
      return api;
    },
    set api(behaviour) {
      api = behaviour;
      behave(behaviour);
    },
    inject: (event) => {
      inject(site, event);
    },
    request: (user) => {
      site.request(user);
    },
  };
}

function inject({ lines }: Site, event: InjectedEvent): void {
  if (event.kind === 'watch') lines.watch(0, event.user, event.film, event.minute);
  else if (event.kind === 'rate') lines.rate(0, event.user, event.film, event.rating);
  else lines.create(0, event.user);
}
