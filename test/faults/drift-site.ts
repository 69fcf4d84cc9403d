/** A site that is played day by day into a log, and a team that reads the log and looks at its report on quality every morning. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeQualityReport } from '../../src/app/quality.js';
import { stateFolderOf } from '../../src/app/folders.js';
import { openIngest } from '../../src/app/ingest.js';
import { loadConfig, type Config } from '../../src/config/load.js';
import { unwrap } from '../../src/core/errors.js';
import type { Finding } from '../../src/quality/finding.js';
import type { WindowDays } from '../../src/quality/warehouse.js';
import { startApiStandIn } from '../../src/sim/api/stand-in.js';
import { goodBehaviour } from '../../src/sim/api/behaviour.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import type { Recommender } from '../../src/sim/grader/grader.js';
import { openDirectorySink, type LogSink } from '../../src/sim/log/sink.js';
import { createDirector } from '../../src/sim/scenario/director.js';
import { parseScenario } from '../../src/sim/scenario/scenario.js';
import type { Stage } from '../../src/sim/scenario/stage.js';
import { drive } from '../../src/sim/site/drive.js';
import { Site } from '../../src/sim/site/site.js';
import { createSimWorld } from '../../src/sim/world.js';
import { openState } from '../../src/store/state.js';

const DAY = 86_400;
const PARTITIONS = 2;
const RATING_SCALE = 10;
const LINES_PER_SECOND = 2.4;
const VIEWERS = 6_000;
/** The others sign up in the months to come, some forty a day. */
export const REGISTERED = 4_000;
/** A Saturday. */
const START = Date.UTC(2025, 2, 1);
/** A site that opens has nobody in it: what it writes until then is not kept. */
const SETTLING_SECONDS = DAY / 2;

const known = bundledCatalogue();
const world = createSimWorld({ seed: 1, films: known.length, users: VIEWERS, known });

/** What the look-up APIs tell, and how the team reads: one place for each site. */
export interface Team {
  readonly config: Config;
  readonly log: string;
  close(): Promise<void>;
}

/** Reads what is written to `<folder>/movielog`. @param fill makes the data folder: by default of a team that has read nothing yet */
export async function assemble(
  folder: string,
  fill: (config: Config) => Promise<void> | void = fillCatalogue,
): Promise<Team> {
  const api = await startApiStandIn(world);
  const log = join(folder, 'movielog');
  mkdirSync(log, { recursive: true });
  const flags = {
    ...{ dataDir: join(folder, 'var'), modelsDir: join(folder, 'models'), source: `dir:${log}`, lookupRate: 500 },
    ...{ filmApi: api.url, userApi: api.url },
  };
  const { config } = unwrap(loadConfig({ flags, env: {}, cwd: folder }));
  await fill(config);
  return { config, log, close: () => api.close() };
}

/** The team has been there for a while: it knows the films and the users. */
async function fillCatalogue(config: Config): Promise<void> {
  const state = unwrap(openState(stateFolderOf(config)));
  const lookedUpMs = Date.now();
  state.transaction(() => {
    for (const film of world.ids.keys()) state.films.put({ ...world.film(film), listing: 'listed', lookedUpMs });
    for (let id = 1; id <= REGISTERED; id++) {
      const { age, gender, occupation, likes, dislikes } = world.user(id)!;
      state.users.put(id, { age, gender, occupation, likes, dislikes, lookedUpMs });
    }
  });
  await state.close();
}

export interface Morning {
  /** Days played. */
  readonly day: number;
  readonly findings: readonly Finding[];
}

export const alarmsOf = ({ findings }: Morning): Finding[] =>
  findings.filter(({ verdict }) => verdict === 'warn' || verdict === 'bad');

/** The log until now into the state, and the report. */
export async function readAndReport({ config }: Team, windows: readonly WindowDays[]): Promise<Finding[][]> {
  const ingest = unwrap(
    openIngest(config, { from: 'committed', untilEnd: true, onStatus: () => undefined, onProfiles: () => undefined }),
  );
  unwrap(await ingest.run());
  await ingest.close();
  const reports: Finding[][] = [];
  for (const days of windows) {
    reports.push([...unwrap(await makeQualityReport(config, days, () => undefined)).findings]);
  }
  return reports;
}

export interface DaysOptions {
  readonly seed: number;
  readonly firstDay: number;
  readonly days: number;
  /** Accounts when it begins. */
  readonly registered: number;
  /** Acts of a scenario, in time from the first day on. */
  readonly acts?: readonly object[];
  /** At the end of each day, when its lines are in the log; true: go on. */
  readonly onDay: (day: number) => Promise<boolean>;
}

/** @returns how many have an account at the end */
export async function playDays(log: string, options: DaysOptions): Promise<number> {
  const { seed, firstDay, days, registered, acts = [], onDay } = options;
  const startMs = START + (firstDay * DAY - SETTLING_SECONDS) * 1000;
  const shape = { linesPerSecond: LINES_PER_SECOND, partitions: PARTITIONS, ratingScale: RATING_SCALE };
  const site = new Site(world, { seed, startMs, registered, ...shape, life: 'lively' });
  const sink = batching(unwrap(openDirectorySink(log, PARTITIONS)));
  const director = createDirector(scenarioOf(acts), seed);
  const stage = stageOf(site);
  const stopped = new AbortController();
  await drive({
    ...{ site, speed: Infinity, seconds: SETTLING_SECONDS + days * DAY + 1, signal: stopped.signal },
    recommender: popular(),
    sink: { ...sink, append: (batches) => (site.second > SETTLING_SECONDS ? sink.append(batches) : Promise.resolve()) },
    before: async () => {
      if (site.second >= SETTLING_SECONDS) director.turn(stage);
      const played = site.second - SETTLING_SECONDS;
      if (played <= 0 || played % DAY !== 0) return;
      await sink.flush();
      if (!(await onDay(firstDay + played / DAY))) stopped.abort();
    },
    after: () => undefined,
  });
  await sink.close();
  return site.audience.registered;
}

function scenarioOf(acts: readonly object[]) {
  // The first day begins when the site has settled.
  const shifted = acts.map((act) => ({ at: `${SETTLING_SECONDS}s`, ...act }));
  return unwrap(
    parseScenario(JSON.stringify({ name: 'planted', description: 'One shift.', acts: shifted }), 'planted'),
  );
}

function stageOf(site: Site): Stage {
  const log = { faults: 'none' as const, withheld: false, duplicateBatchShare: 0 };
  return {
    ...{ world, log, ratingScale: RATING_SCALE, conditions: site.conditions, api: goodBehaviour },
    get second() {
      return site.second;
    },
    inject: (event) => {
      if (event.kind === 'watch') site.lines.watch(0, event.user, event.film, event.minute);
      else if (event.kind === 'rate') site.lines.rate(0, event.user, event.film, event.rating);
      else site.lines.create(0, event.user);
    },
    request: (user) => void site.request(user),
  };
}

/** Twenty of the hundred most popular films, others for each user; children and strangers are told no different. */
function popular(): Recommender {
  const order = [...world.weights.keys()].sort((a, b) => world.weights[b]! - world.weights[a]!);
  return {
    ask: (user) => {
      const from = Number(user) % 80;
      const films = order.slice(from, from + 20);
      const result = films.map((film) => world.ids[film]!).join(', ');
      return Promise.resolve({ status: 200, films, result, latencyMs: 12, model: 'popular', tier: undefined });
    },
    close: () => Promise.resolve(),
  };
}

/** Appends an hour at once. */
function batching(sink: LogSink): LogSink & { flush(): Promise<void> } {
  const SECONDS = 3600;
  const kept = Array.from({ length: PARTITIONS }, () => ({ pieces: [] as Uint8Array[], count: 0 }));
  let seconds = 0;
  const flush = async (): Promise<void> => {
    await sink.append(kept.map(({ pieces, count }, partition) => ({ partition, count, bytes: Buffer.concat(pieces) })));
    for (const one of kept) Object.assign(one, { pieces: [], count: 0 });
    seconds = 0;
  };
  return {
    append: async (batches) => {
      for (const { partition, bytes, count } of batches) {
        if (count === 0) continue;
        kept[partition]!.pieces.push(bytes.slice());
        kept[partition]!.count += count;
      }
      if (++seconds >= SECONDS) await flush();
    },
    flush,
    close: () => sink.close(),
  };
}

/** Where its state has read to, by partition. */
export async function offsetsOf({ config }: Team): Promise<number[]> {
  const state = unwrap(openState(stateFolderOf(config), { readOnly: true }));
  const offsets = Array.from({ length: PARTITIONS }, (_, partition) => state.partitions.get(partition)!.next);
  await state.close();
  return offsets;
}

/** A log that goes on where another one ended, as far as its offsets say. */
export function continueAt(log: string, next: readonly number[]): void {
  for (const [partition, offset] of next.entries()) {
    const folder = join(log, String(partition));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${String(offset).padStart(20, '0')}.log`), '');
  }
}
