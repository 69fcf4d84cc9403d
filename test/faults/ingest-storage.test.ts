/** Bad days of the storage: it takes no more, then it does; and two ingests that want the same state. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { contentDifferences, contentOf, readLines } from './ingest-content.js';
import { ingestAll, shootAll, startIngest, startMatinee, until, type Running } from './ingest-process.js';
import { openLogFolder, seedOf, siteWorld, startApis, tellLog, workplace } from './ingest-site.js';
import { openSmallDisk } from './small-disk.js';

const LINES = 20_000;
const PIECES = 10;

const place = workplace();
const disk = await openSmallDisk(256);
afterEach(shootAll);
afterAll(() => {
  place.remove();
  disk?.close();
});

/** Linux: limits of a process that runs. The soft one, which may be lifted again. */
function limit({ pid }: Running, what: 'fsize' | 'as', value: number | 'unlimited'): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--${what}=${value}:`], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

const hasLimits = spawnSync('prlimit', ['--version']).status === 0;
if (!hasLimits) console.log('skipped: storage that takes no more (no prlimit here)');

interface Serving {
  readonly answers: () => number;
  /** Those that were not as they have to be. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

/** `matinee serve` on a state, asked without a pause. */
async function serving(dataDir: string): Promise<Serving> {
  const ports = ['--port', '0', '--admin-port', '0'];
  const service = startMatinee('serve', '--data-dir', dataDir, '--models-dir', place.path('models'), ...ports);
  const port = (): string | undefined => /"?\bport"?[: ](\d+)/.exec(service.stdout() + service.stderr())?.[1];
  await until('the service listens', () => {
    if (service.isOver()) throw new Error(service.stderr());
    return port() !== undefined;
  });
  const url = `http://127.0.0.1:${port()}/recommend/`;
  const failures: string[] = [];
  let answers = 0;
  const stopping = new AbortController();
  /** What is wrong with an answer, or undefined. */
  const ask = async (user: number): Promise<string | undefined> => {
    const response = await fetch(url + String(user)).catch((error: unknown) => String(error));
    if (typeof response === 'string') return response;
    const list = await response.text();
    return response.status === 200 && list.split(',').length === 20 ? undefined : `${response.status} ${list}`;
  };
  await until('it knows what is popular', async () => (await ask(1)) === undefined);
  const asking = (async () => {
    while (!stopping.signal.aborted) {
      const failure = await ask(1 + (answers++ % 500));
      if (failure !== undefined) failures.push(failure);
      await sleep(20);
    }
  })();
  return {
    answers: () => answers,
    failures,
    stop: async () => {
      stopping.abort();
      await asking;
      service.signal('SIGTERM');
      await service.ended;
    },
  };
}

interface Shortage {
  readonly name: string;
  /** Where the state is; undefined where anywhere will do. */
  readonly folder?: string;
  /** Takes the room away, and gives it back. */
  begin(ingest: Running, dataDir: string): void;
  end(ingest: Running, dataDir: string): void;
}

const limits: readonly Shortage[] = [
  {
    name: 'only the first half of the file may be written',
    begin: (ingest, dataDir) => {
      limit(ingest, 'fsize', statSync(`${dataDir}/state/data.mdb`).size >> 1);
    },
    end: (ingest) => {
      limit(ingest, 'fsize', 'unlimited');
    },
  },
  {
    name: 'only the first pages may be written',
    begin: (ingest) => {
      limit(ingest, 'fsize', 8192);
    },
    end: (ingest) => {
      limit(ingest, 'fsize', 'unlimited');
    },
  },
];

const shortages: readonly Shortage[] = [
  ...(hasLimits ? limits : []),
  ...(disk === undefined
    ? []
    : [
        {
          name: 'the disk is full',
          folder: disk.folder,
          begin: () => {
            disk.fill(2);
          },
          end: disk.clear,
        },
      ]),
];

test.each(shortages)('$name: ingest waits and goes on by itself, serving goes on', async ({ folder, begin, end }) => {
  const seed = seedOf('storage');
  const world = siteWorld(seed);
  const apis = await startApis(world);
  const { pieces } = tellLog(world, { lines: LINES, count: PIECES });
  const log = openLogFolder(place.path(String(seed), 'log'));
  const dataDir = folder === undefined ? place.path(String(seed), 'full') : `${folder}/var`;
  const feed = [...pieces];
  const append = (count: number): void => {
    log.append(...feed.splice(0, count));
  };
  const allRead = async (): Promise<boolean> => (await readLines(dataDir)) === log.lines();
  append(4);
  await ingestAll(dataDir, log.source, ...apis.flags);
  const service = await serving(dataDir);
  const ingest = startIngest(dataDir, log.source, ...apis.flags);
  append(1);
  await until('the first lines are read', allRead);

  begin(ingest, dataDir);
  append(2);
  await until('it says that the disk is full', () => ingest.stderr().includes('waiting: cannot write to'));
  append(2);
  const before = service.answers();
  await sleep(1_500);
  expect(service.answers() - before).toBeGreaterThan(10);
  expect(await allRead()).toBe(false);
  end(ingest, dataDir);
  await until(
    () => `it goes on, having said: ${ingest.stderr()}`,
    async () => (await allRead()) && /going on\n(?![^]*waiting: )/.test(ingest.stderr()),
  );
  append(1);
  await until('it goes on reading', allRead);
  ingest.signal('SIGTERM');
  expect(await ingest.ended).toMatchObject({ code: 0 });
  expect(service.failures).toEqual([]);
  await service.stop();

  await ingestAll(dataDir, log.source, ...apis.flags);
  await ingestAll(place.path(String(seed), 'whole'), log.source, ...apis.flags);
  const [full, whole] = [await contentOf(dataDir), await contentOf(place.path(String(seed), 'whole'))];
  expect(contentDifferences(full, whole)).toEqual([]);
  expect(full.report.lines).toBe(LINES);
  await apis.close();
  log.close();
});

/**
 * LMDB grows its memory map by itself, so the map is full when the process has no addresses left. LMDB does not survive that:
 * it ends the process, or every later transaction fails.
 */
test.skipIf(!hasLimits)(
  'no room for a larger memory map: nothing is lost, serving goes on, a new process reads on',
  async () => {
    const world = siteWorld(4);
    const { pieces } = tellLog(world, { lines: 60_000, count: PIECES });
    const log = openLogFolder(place.path('map', 'log'));
    const dataDir = place.path('map', 'var');
    log.append(pieces[0]!);
    const apis = await startApis(world);
    const films = ['--film-api', apis.films.url];
    await ingestAll(dataDir, log.source, ...films);
    const service = await serving(dataDir);
    const ingest = startIngest(dataDir, log.source, ...films);
    log.append(pieces[1]!);
    const before = pieces[0]!.lines + pieces[1]!.lines;
    await until('the first lines are read', async () => (await readLines(dataDir)) === before);
    limit(ingest, 'as', sizeOf(ingest) + (8 << 20));
    log.append(...pieces.slice(2));
    await until(
      'it ends or says what is wrong',
      () => ingest.isOver() || ingest.stderr().includes('waiting: cannot write'),
    );
    ingest.signal('SIGKILL');
    console.log(`without room for the map: ${JSON.stringify(await ingest.ended)}`);
    const read = await readLines(dataDir);
    expect(read).toBeGreaterThanOrEqual(before);
    expect(read).toBeLessThan(log.lines());
    await ingestAll(dataDir, log.source, ...films);
    expect(service.failures).toEqual([]);
    await service.stop();
    await ingestAll(place.path('map', 'whole'), log.source, ...films);
    expect(contentDifferences(await contentOf(dataDir), await contentOf(place.path('map', 'whole')))).toEqual([]);
    await apis.close();
    log.close();
  },
);

/** Addresses that a process has taken, in bytes. */
const sizeOf = ({ pid }: Running): number =>
  Number(/VmSize:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

test('two ingests on one state: the one that finds the other out ends with a clear message, nothing counts twice', async () => {
  const world = siteWorld(2);
  const { pieces } = tellLog(world, { lines: LINES, count: PIECES });
  const log = openLogFolder(place.path('shared', 'log'));
  const dataDir = place.path('shared', 'var');
  mkdirSync(dataDir, { recursive: true });
  const feed = [...pieces];
  log.append(feed.shift()!);
  const both = [startIngest(dataDir, log.source), startIngest(dataDir, log.source)];
  while (feed.length > 0 && !both.some(({ isOver }) => isOver())) {
    log.append(feed.shift()!);
    await sleep(150);
  }
  log.append(...feed.splice(0));
  await until('one of them gives up', () => both.some(({ isOver }) => isOver()));
  const refused = both.find(({ isOver }) => isOver())!;
  const other = both.find((one) => one !== refused)!;
  const { code, stderr } = await refused.ended;
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/another ingest writes into this state[^]*hint: Stop one of the two/);
  await until('the other reads on', async () => (await readLines(dataDir)) === LINES);
  other.signal('SIGTERM');
  expect(await other.ended).toMatchObject({ code: 0 });
  await ingestAll(dataDir, log.source);
  await ingestAll(place.path('shared', 'alone'), log.source);
  expect(contentDifferences(await contentOf(dataDir), await contentOf(place.path('shared', 'alone')))).toEqual([]);
  log.close();
});
