/** The engine with real threads, a real state and a real registry. */

import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { swaps, workerDeaths, type Miss, type SwapEvent } from '../../src/core/channels.js';
import { unwrap } from '../../src/core/errors.js';
import { createEngine, type Engine } from '../../src/engine/engine.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { openRegistry } from '../../src/registry/registry.js';
import { openWorld, tamper, USERS, type TestWorld } from './world.js';

const route = { pointer: 'current', policy: 'standard' } as const;

type Outcome = { body: string; version: string } | { miss: Miss };

let world: TestWorld;
let engine: Engine | undefined;

beforeEach(() => {
  world = openWorld();
});

afterEach(async () => {
  await engine?.close();
  engine = undefined;
  await world.close();
});

async function start(options: { workers?: number; deadlineMs?: number; candidate?: boolean } = {}): Promise<Engine> {
  const { stateFolder, modelsFolder, registry, state } = world;
  engine = createEngine({
    ...{ registry, stateFolder, modelsFolder },
    films: () => state.films.count(),
    workers: options.workers ?? 1,
    deadlineMs: options.deadlineMs ?? 5000,
    pointers: options.candidate === true ? ['current', 'candidate'] : ['current'],
  });
  await engine.started();
  await engine.residents.refresh();
  return engine;
}

const ask = (user: number, to: Parameters<Engine['submit']>[0] = route): Promise<Outcome> =>
  new Promise((resolve) => {
    engine!.submit(to, {
      user,
      answered: (_, body, { version }) => {
        resolve({ body: Buffer.from(body).toString(), version });
      },
      missed: (miss) => {
        resolve({ miss });
      },
    });
  });

/** What a plain single-threaded engine answers from the same history. */
function expected(seed: number, user: number): string {
  const model = world.model(seed);
  const local = unwrap(createLocalEngine(model));
  const history = world.state.histories.read(user)!;
  const rows = Int32Array.from({ length: history.count }, (_, i) => history.film(i));
  const [scored] = local.topK([{ rows, weights: new Float32Array(rows.length).fill(1), seen: rows }], 20);
  return Array.from(scored!.rows, (row) => model.filmIds[row]).join(',');
}

describe('answers', () => {
  it('gives every user the same list as a plain loop, whatever travels together', async () => {
    const version = world.writeVersion(1);
    unwrap(world.registry.promote(version));
    await start({ workers: 2 });
    const users = Array.from({ length: USERS }, (_, i) => i + 1);
    const outcomes = await Promise.all(users.map((user) => ask(user)));
    expect(outcomes).toEqual(users.map((user) => ({ body: expected(1, user), version })));
  });

  it('misses users without a history, and those whose films the model does not know', async () => {
    unwrap(world.registry.promote(world.writeVersion(1)));
    await start();
    expect(await Promise.all([ask(999_999), ask(USERS + 1)])).toEqual([{ miss: 'no-history' }, { miss: 'no-history' }]);
  });

  it('never answers a film that the catalogue does not hold', async () => {
    const model = world.model(1);
    const renamed = { ...model, filmIds: model.filmIds.map((id, row) => (row % 2 === 0 ? id : `not+listed+${row}`)) };
    unwrap(world.registry.promote(world.writeVersion(1, renamed)));
    await start();
    const outcome = await ask(1);
    expect(outcome).toHaveProperty('body');
    expect('body' in outcome && outcome.body.includes('not+listed')).toBe(false);
    expect(engine!.residents.get('current')!.fallback.some((id) => id.startsWith('not+listed'))).toBe(false);
  });

  it('uses an event in the very next answer', async () => {
    unwrap(world.registry.promote(world.writeVersion(1)));
    await start();
    const before = await ask(3);
    const first = 'body' in before ? before.body.split(',')[0]! : '';
    const film = world.state.films.indexOf(first);
    world.state.histories.merge(3, [{ film, rating: 5, minutes: null, timeMs: 2e12 }]);
    const after = await ask(3);
    expect(after).toHaveProperty('body', expected(1, 3));
    expect('body' in after && after.body.split(',').includes(first)).toBe(false);
  });

  it('keeps no snapshot of the state while it waits, or the file would grow with every write', async () => {
    unwrap(world.registry.promote(world.writeVersion(1)));
    await start();
    const state = open({ path: world.stateFolder, readOnly: true });
    // One line a reader: process, thread, and the transaction it reads in, or a dash.
    const readers = (): string[] => state.readerList().trim().split('\n').slice(1);
    const reading = (): string[] => readers().filter((line) => !line.trim().endsWith('-'));
    expect(readers().length).toBeGreaterThan(1);
    await expect.poll(reading).toEqual([]);
    await ask(1);
    await expect.poll(reading).toEqual([]);
    await state.close();
  });

  it('explains: parts of the history sum to the score', async () => {
    unwrap(world.registry.promote(world.writeVersion(1)));
    await start();
    const explained = unwrap(await engine!.explain(route, 5));
    expect(explained.items.map(({ id }) => id).join(',')).toBe(expected(1, 5));
    expect(explained.historyCount).toBe(world.state.histories.read(5)!.count);
    for (const { reasons, score } of explained.items) {
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons[0]!.contribution).toBeGreaterThanOrEqual(reasons.at(-1)!.contribution);
      expect(score).toBeGreaterThan(0);
    }
  });
});

describe('bounds', () => {
  it('has no answer without a model, and says which miss it was', async () => {
    await start();
    expect(await ask(1)).toEqual({ miss: 'no-model' });
    const explained = await engine!.explain(route, 1);
    expect(explained.ok ? null : explained.error.code).toBe('pointer-unset');
  });

  it('refuses what exceeds its queue at once, and settles every request exactly once', async () => {
    unwrap(world.registry.promote(world.writeVersion(1)));
    await start();
    let settled = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 3000 }, (_, i) => ask(1 + (i % USERS)).then((outcome) => (settled++, outcome))),
    );
    const overloaded = outcomes.filter((outcome) => 'miss' in outcome && outcome.miss === 'overloaded').length;
    expect(settled).toBe(3000);
    expect(overloaded).toBeGreaterThanOrEqual(3000 - 512);
    expect(outcomes.length - overloaded).toBeGreaterThan(0);
    expect(engine!.pending()).toBe(0);
  });

  it('gives up at the deadline while no worker takes the request', async () => {
    unwrap(world.registry.promote(world.writeVersion(1)));
    await start({ deadlineMs: 20 });
    // The next worker needs longer than that to start.
    await engine!.pool.threads[0]!.terminate();
    const outcomes = await Promise.all(Array.from({ length: 64 }, (_, i) => ask(i + 1)));
    expect(outcomes).toEqual(outcomes.map(() => ({ miss: 'deadline' })));
    // Their slots stay in use until the new worker has gone through them.
    await expect.poll(() => engine!.pending(), { timeout: 5000 }).toBe(0);
    expect(await ask(1)).toHaveProperty('body');
  });

  it('replaces a worker that dies; its requests get the next rung', async () => {
    unwrap(world.registry.promote(world.writeVersion(1)));
    await start();
    const deaths: number[] = [];
    const stop = workerDeaths.subscribe(({ requests }) => deaths.push(requests));
    const pending = Array.from({ length: 200 }, (_, i) => ask(1 + (i % USERS)));
    await new Promise(setImmediate);
    await engine!.pool.threads[0]!.terminate();
    const outcomes = await Promise.all(pending);
    expect(outcomes.some((outcome) => 'miss' in outcome && outcome.miss === 'worker-died')).toBe(true);
    expect(deaths.reduce((sum, requests) => sum + requests, 0)).toBeGreaterThan(0);
    expect(await ask(7)).toHaveProperty('body', expected(1, 7));
    stop();
  });
});

describe('swaps', () => {
  const events: SwapEvent[] = [];
  let stop: () => void;
  beforeEach(() => {
    events.length = 0;
    stop = swaps.subscribe((event) => events.push(event));
  });
  afterEach(() => {
    stop();
  });

  it('follows a pointer that another handle moved, without a miss in between, and frees the old model', async () => {
    const versions = [1, 2, 3, 4].map((seed) => world.writeVersion(seed));
    unwrap(world.registry.promote(versions[0]!));
    await start();
    const other = unwrap(openRegistry(world.modelsFolder));
    const seen = new Set<string>();
    for (const version of versions.slice(1)) {
      unwrap(other.promote(version));
      await new Promise(setImmediate);
      const swap = engine!.residents.refresh();
      for (let i = 0; i < 50; i++) {
        const outcome = await ask(1 + (i % USERS));
        expect(outcome).toHaveProperty('version');
        if ('version' in outcome) seen.add(outcome.version);
      }
      await swap;
    }
    await other.close();
    expect(await ask(9)).toEqual({ body: expected(4, 9), version: versions[3] });
    expect(seen.size).toBeGreaterThan(1);
    expect(events.map(({ result, version }) => [result, version])).toEqual(
      versions.map((version) => ['loaded', version]),
    );
    expect(engine!.memory().models).toBe(1);
  });

  it('keeps the running model when the next one is tampered with, and says why', async () => {
    const good = world.writeVersion(1);
    const bad = world.writeVersion(2);
    unwrap(world.registry.promote(good));
    await start();
    unwrap(world.registry.promote(bad));
    await tamper(world, bad);
    await engine!.residents.refresh();
    expect(await ask(9)).toEqual({ body: expected(1, 9), version: good });
    const last = events.at(-1)!;
    expect([last.result, last.version, last.error?.code]).toEqual(['refused', bad, 'version-corrupt']);
    const count = events.length;
    await engine!.residents.refresh();
    expect(events).toHaveLength(count);
  });

  it('forgets what it refused once the pointer names what serves, and tries it again when it is promoted again', async () => {
    const good = world.writeVersion(1);
    const bad = world.writeVersion(2);
    unwrap(world.registry.promote(good));
    const { residents } = await start({ candidate: true });
    unwrap(world.registry.promote(bad));
    unwrap(world.registry.setCandidate(bad));
    await tamper(world, bad);
    await residents.refresh();
    const refusals = () => [residents.refusal('current')?.code, residents.refusal('candidate')?.code];
    expect(refusals()).toEqual(['version-corrupt', 'version-corrupt']);
    unwrap(world.registry.rollback());
    unwrap(world.registry.setCandidate(null));
    await residents.refresh();
    expect(refusals()).toEqual([undefined, undefined]);
    expect(await ask(9)).toEqual({ body: expected(1, 9), version: good });
    await tamper(world, bad); // the bit stands as it stood
    unwrap(world.registry.promote(bad));
    await residents.refresh();
    expect(refusals()).toEqual([undefined, undefined]);
    expect(await ask(9)).toEqual({ body: expected(2, 9), version: bad });
  });

  it('starts from the previous version when the current one is damaged', async () => {
    const good = world.writeVersion(1);
    const bad = world.writeVersion(2);
    unwrap(world.registry.promote(good));
    unwrap(world.registry.promote(bad));
    await tamper(world, bad);
    await start();
    expect(await ask(9)).toEqual({ body: expected(1, 9), version: good });
  });

  it('keeps several models at once', async () => {
    const [one, two] = [world.writeVersion(1), world.writeVersion(2)];
    unwrap(world.registry.promote(one));
    unwrap(world.registry.setCandidate(two));
    await start({ candidate: true });
    const candidate = { pointer: 'candidate', policy: 'standard' } as const;
    const outcomes = await Promise.all([ask(4), ask(4, candidate), ask(5), ask(5, candidate)]);
    expect(outcomes).toEqual([
      { body: expected(1, 4), version: one },
      { body: expected(2, 4), version: two },
      { body: expected(1, 5), version: one },
      { body: expected(2, 5), version: two },
    ]);
  });
});
