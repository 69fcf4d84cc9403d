/** From an event in the log to the answer that knows it, in a running service that follows a live log. */

import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../src/core/random.js';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';
import { byForm } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';
import { startServer } from '../harness/server.js';
import { serveWorld, USERS } from '../harness/world.js';
import { inDataFolder } from './data-folder.js';
import type { LiveLog } from './live-log.js';
import { PARTITIONS } from './log.js';
import { inState } from './run.js';

const EVENTS = byForm({ short: 10, usual: 100, long: 200 });
/** What the site writes on an ordinary day, beside the events that are timed. */
const LINES_PER_SECOND = 700;
const APPENDS_PER_SECOND = 10;
/** Between two looks at an answer. */
const POLL_MS = 2;
/** Events come at any moment of the ingest's own rhythm. */
const PAUSE_MS_MAX = 100;
const PATIENCE_MS = 10_000;

/** `where`: names the rows. `open` is given a folder that is removed afterwards. */
export async function measureFresh(where: string, open: (folder: string) => Promise<LiveLog>): Promise<Row[]> {
  const { dataDir, program } = await serveWorld(20);
  return inDataFolder(dataDir, async (folder) => {
    const log = await open(`${folder}/log`);
    const site = await siteOf(folder);
    const server = await startServer([...program, '--data-dir', folder, '--source', log.source]);
    const stream = startStream(log, site);
    try {
      const milliseconds = await timeEvents(server.url, log);
      return rowsOf(where, milliseconds, await stream.stop());
    } finally {
      await stream.stop();
      await server.stop();
      await log.close();
    }
  });
}

/** The films and users that the service knows. */
const siteOf = (dataDir: string): Promise<SimWorld> =>
  inState(dataDir, ({ films }) => {
    const known = Array.from(films.all(), ([, film]) => film);
    return createSimWorld({ seed: 1, films: known.length, users: USERS, known });
  });

function startStream(log: LiveLog, site: SimWorld): { stop(): Promise<number> } {
  const shape = { seed: 1, startMs: Date.now(), linesPerSecond: LINES_PER_SECOND, partitions: PARTITIONS };
  const writer = createLineWriter(site, shape);
  const started = performance.now();
  let stopped = false;
  let written = 0;
  async function write(): Promise<number> {
    while (!stopped) {
      const due = Math.floor(((performance.now() - started) / 1000) * LINES_PER_SECOND) - written;
      for (const { partition, bytes, count } of writer.next(due)) await log.append(partition, bytes, count);
      written += due;
      await sleep(1000 / APPENDS_PER_SECOND);
    }
    return written / ((performance.now() - started) / 1000);
  }
  const writing = write();
  return {
    stop: () => {
      stopped = true;
      return writing;
    },
  };
}

/** One after another, each of another user, who watches what the list has first. */
async function timeEvents(url: string, log: LiveLog): Promise<number[]> {
  const { uniform } = random(1);
  const milliseconds: number[] = [];
  for (let event = 0; event < EVENTS; event++) {
    await sleep(PAUSE_MS_MAX * uniform());
    milliseconds.push(await untilAnswered(url, log, 1 + Math.floor((event * USERS) / EVENTS)));
  }
  return milliseconds;
}

async function untilAnswered(url: string, log: LiveLog, user: number): Promise<number> {
  const list = async (): Promise<string[]> => (await (await fetch(`${url}/recommend/${user}`)).text()).split(',');
  const [film] = await list();
  const line = `${new Date().toISOString().slice(0, 23)},${user},GET /data/m/${film!}/1.mpg\n`;
  const started = performance.now();
  await log.append(user % PARTITIONS, Buffer.from(line), 1);
  while ((await list()).includes(film!)) {
    if (performance.now() - started > PATIENCE_MS) throw new Error(`user ${user} is told of ${film} after watching it`);
    await sleep(POLL_MS);
  }
  return performance.now() - started;
}

function rowsOf(where: string, milliseconds: readonly number[], linesPerSecond: number): Row[] {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.ceil(q * sorted.length) - 1]!;
  const note = `${sorted.length} events beside ${linesPerSecond.toFixed(0)} lines/s`;
  const row = (what: string, q: number, bar?: number): Row =>
    figureRow({ name: `event in a ${where} → answer: ${what}`, unit: 'ms', ours: [quantile(q)], bar, note });
  return [row('p50', 0.5), row('p99', 0.99, 1000), row('worst', 1)];
}
