/** The rung for people without a history, and the films that came after training, with real threads, state and registry. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { swaps, type SwapEvent } from '../../src/core/channels.js';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { createEngine, type Engine } from '../../src/engine/engine.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { explores } from '../../src/engine/explore.js';
import { extended, type OverlayRows } from '../../src/registry/overlay.js';
import type { StoredProfile } from '../../src/store/profiles.js';
import { coldColumnsOf, type ColdModel } from '../../src/cold/columns.js';
import { plainCold, randomTaste, withColumns } from './strangers.js';
import { openWorld, tamperOverlay, USERS, type TestWorld } from './world.js';

const route = { pointer: 'current', policy: 'standard' } as const;
const silent: StoredProfile = {
  ...{ likedFilms: [], dislikedFilms: [], genres: [], era: null, popular: null, age: null, gender: null },
};

interface Outcome {
  readonly tier: string;
  readonly ids: readonly string[];
  readonly overlay?: number;
}

let world: TestWorld;
let engine: Engine;
const events: SwapEvent[] = [];
let stop: () => void;

beforeEach(() => {
  world = openWorld();
  events.length = 0;
  stop = swaps.subscribe((event) => events.push(event));
});

afterEach(async () => {
  stop();
  await engine.close();
  await world.close();
});

async function start(): Promise<void> {
  const { stateFolder, modelsFolder, registry, state } = world;
  const options = { workers: 1, deadlineMs: 5000, pointers: ['current'] } as const;
  engine = createEngine({ ...{ registry, stateFolder, modelsFolder }, films: () => state.films.count(), ...options });
  await engine.started();
  await engine.residents.refresh();
}

const ask = (user: number): Promise<Outcome> =>
  new Promise((resolve) => {
    engine.submit(route, {
      user,
      answered: (tier, body, { overlay }) => {
        resolve({ tier, ids: Buffer.from(body).toString().split(','), overlay });
      },
      missed: (tier) => {
        resolve({ tier, ids: [] });
      },
    });
  });

const coldModel = (seed: number): ColdModel => withColumns(world.model(seed), seed);
const promoted = (seed: number, model = coldModel(seed)): string => {
  const version = world.writeVersion(seed, model);
  unwrap(world.registry.promote(version));
  return version;
};

/** Films that no version knows, as an overlay would bring them: near to the best of the model, so that they rank high. */
function newFilms(model: ColdModel, count: number): OverlayRows {
  const { dimensions: d, cold, filmIds } = model;
  const width = cold.columns.length / filmIds.length;
  const { integer } = random(count);
  const like = Array.from({ length: count }, () => integer(filmIds.length));
  const ids = Array.from({ length: count }, (_, i) => `new+film+${i}`);
  for (const id of ids) world.state.films.put({ id, title: id, year: 2027, genres: [] });
  const rowsOf = (all: Float32Array, n: number) =>
    Float32Array.from(like.flatMap((row) => [...all.subarray(row * n, (row + 1) * n)]));
  return {
    created: '2027-01-01T00:00:00Z',
    films: world.state.films.count(),
    filmIds: ids,
    items: rowsOf(model.items, d),
    cold: rowsOf(cold.columns, width),
  };
}

describe('who has no history', () => {
  it('is answered from what they say, bit by bit as by the plain loop; else with the next rung', async () => {
    const model = coldModel(1);
    promoted(1);
    const draw = random(5);
    const users = Array.from({ length: 150 }, (_, i) => 10_000 + i);
    const profiles = users.map((): StoredProfile => {
      const { likedRows, ...said } = randomTaste(draw, 300);
      // Rows are films here: the state knows the same films, in the same order.
      return { ...silent, ...said, likedFilms: likedRows, dislikedFilms: [draw.integer(300)] };
    });
    for (const [i, user] of users.entries()) world.state.profiles.put(user, profiles[i]);
    world.state.profiles.put(20_000, silent);
    // Of no group that a model knows.
    world.state.profiles.put(20_002, { ...silent, gender: 'other' });
    await start();

    const local = unwrap(createLocalEngine(model));
    const answers = await Promise.all([...users, 20_000, 20_001, 20_002, 1].map(ask));
    const nextRung = Array.from({ length: 3 }, () => 'no-history');
    expect(answers.slice(-4).map(({ tier }) => tier)).toEqual([...nextRung, 'personal']);
    for (const [i, { likedFilms, dislikedFilms, ...said }] of profiles.entries()) {
      const taste = { ...said, likedRows: likedFilms };
      const seen = [...likedFilms, ...dislikedFilms];
      const best = plainCold(local, model, { taste, seen }, () => true, 20);
      expect(answers[i]).toEqual({ tier: 'cold', overlay: 0, ids: best.map(({ row }) => model.filmIds[row]!) });
    }
  });

  it('gets another list as soon as they say something else, and a personal one with the first film', async () => {
    promoted(1);
    world.state.profiles.put(10_000, { ...silent, likedFilms: [1, 2] });
    await start();
    const first = await ask(10_000);
    world.state.profiles.put(10_000, { ...silent, likedFilms: [3, 4], genres: [[2, -1]] });
    const second = await ask(10_000);
    expect([first.tier, second.tier]).toEqual(['cold', 'cold']);
    expect(second.ids).not.toEqual(first.ids);
    world.state.histories.merge(10_000, [{ film: 7, rating: 5, minutes: null, timeMs: 2e12 }]);
    expect((await ask(10_000)).tier).toBe('personal');
  });

  it('is not shown films that they met without liking them', async () => {
    promoted(1, {
      ...coldModel(1),
      encoder: { type: 'fold-in', alpha: 10, reg: 5, regScaling: 0, floor: -4, ratingHigh: 5 },
    });
    world.state.profiles.put(10_000, { ...silent, genres: [[6, 1]] });
    await start();
    const [best] = (await ask(10_000)).ids;
    const film = world.state.films.indexOf(best!);
    world.state.histories.merge(10_000, [{ film, rating: 0.5, minutes: null, timeMs: 2e12 }]);
    const after = await ask(10_000);
    expect([after.tier, after.ids.includes(best!)]).toEqual(['cold', false]);
  });

  it('is answered by the next version at once, from the same profile', async () => {
    promoted(1);
    world.state.profiles.put(10_000, { ...silent, likedFilms: [1, 2] });
    await start();
    const before = await ask(10_000);
    promoted(2);
    await engine.residents.refresh();
    const after = await ask(10_000);
    expect([before.tier, after.tier]).toEqual(['cold', 'cold']);
    expect(after.ids).not.toEqual(before.ids);
  });

  it('gets the next rung from a version without columns, and the log hears of it', async () => {
    promoted(1, world.model(1) as ColdModel);
    world.state.profiles.put(10_000, { ...silent, likedFilms: [1, 2] });
    await start();
    expect((await ask(10_000)).tier).toBe('no-history');
    expect(events.at(-1)!.lacks).toMatch(/strangers get the popular list/);
  });

  it('is told why, in what they said', async () => {
    promoted(1);
    const said: StoredProfile = {
      ...silent,
      likedFilms: [1, 2],
      genres: [[6, 1]],
      era: { from: 1950, to: 2026 },
      age: 30,
    };
    world.state.profiles.put(10_000, said);
    await start();
    const { tier, items } = unwrap(await engine.explain(route, 10_000));
    expect(tier).toBe('cold');
    expect(items.map(({ id }) => id)).toEqual((await ask(10_000)).ids);
    const reasons = items.flatMap((item) => item.reasons);
    expect(new Set(reasons.map(({ kind }) => kind))).toEqual(
      new Set(['named', 'genre', 'decade', 'group', 'popularity']),
    );
    for (const { kind, id, title } of reasons) {
      if (kind === 'named') expect([id, title]).toContainEqual(expect.stringMatching(/film\+[12]/));
      if (kind === 'group') expect(title).toBe('people of 25 to 34');
    }
  });

  it('is told what each thing adds: together, the score', async () => {
    const model = coldModel(1);
    const { columns, weights } = model.cold;
    const width = columns.length / model.filmIds.length;
    const popular = model.filmIds.map((_, row) => columns[(row + 1) * width - 1]!);
    const least = Math.min(...popular);
    promoted(1);
    world.state.profiles.put(10_000, { ...silent, likedFilms: [1], age: 30 });
    await start();
    const { items } = unwrap(await engine.explain(route, 10_000));
    const whole = items.filter(({ reasons }) => reasons.length === 3);
    expect(whole.length).toBeGreaterThan(5);
    for (const { id, score, reasons } of whole) {
      const sum = reasons.reduce((total, { contribution }) => total + contribution, 0);
      expect(sum).toBeCloseTo(score, 4);
      const { contribution } = reasons.find(({ kind }) => kind === 'popularity')!;
      expect(contribution).toBeCloseTo(weights.prior * (popular[model.filmIds.indexOf(id)]! - least), 4);
    }
  });
});

/** Users without a history, of whom the state knows what they said. */
function strangers(count: number, said: Partial<StoredProfile>): number[] {
  const users = Array.from({ length: count }, (_, i) => 60_000 + i);
  world.state.transaction(() => {
    for (const user of users) world.state.profiles.put(user, { ...silent, ...said });
  });
  return users;
}

/** The last film of each one's list. */
const lastOf = async (users: readonly number[]): Promise<string[]> =>
  (await Promise.all(users.map(ask))).map(({ ids }) => ids.at(-1)!);

describe('films that came after training', () => {
  it('enter with a numbered overlay, for both rungs, and the answer names it', async () => {
    const model = coldModel(1);
    const version = promoted(1);
    world.state.profiles.put(10_000, { ...silent, likedFilms: [1, 2] });
    await start();
    expect((await ask(1)).overlay).toBe(0);
    const rows = newFilms(model, 40);
    expect(unwrap(world.registry.writeOverlay(version, rows))).toBe(1);
    await engine.residents.refresh();
    const both = extended(model, rows) as ColdModel;
    // The version's own: rows that came later have no part in how a history becomes a vector.
    const local = unwrap(createLocalEngine(model));
    const answers = await Promise.all(Array.from({ length: USERS }, (_, i) => ask(i + 1)));
    expect(answers.every(({ overlay, tier }) => overlay === 1 && tier === 'personal')).toBe(true);
    expect(answers.some(({ ids }) => ids.slice(0, -1).some((id) => id.startsWith('new+film')))).toBe(true);

    const taste = { likedRows: [1, 2], genres: [], era: null, popular: null, age: null, gender: null };
    const best = plainCold(local, both, { taste, seen: [1, 2] }, () => true, 20);
    const cold = await ask(10_000);
    expect([cold.tier, cold.overlay]).toEqual(['cold', 1]);
    expect(cold.ids.slice(0, 19)).toEqual(best.slice(0, 19).map(({ row }) => both.filmIds[row]));
  });

  it('do not change the vector of who watched none of them', async () => {
    const model = coldModel(1);
    const version = promoted(1);
    const hidden = newFilms(model, 40);
    await start();
    const before = await ask(3);
    // At the site they are missing, so that all they could change is the vector.
    for (const id of hidden.filmIds) {
      world.state.films.put({ id, title: id, year: null, genres: [], listing: 'missing' });
    }
    unwrap(world.registry.writeOverlay(version, hidden));
    await engine.residents.refresh();
    expect(await ask(3)).toEqual({ ...before, overlay: 1 });
  });

  it('get the last place of their share of the answers, and the same question the same answer', async () => {
    const model = coldModel(1);
    const version = promoted(1);
    const rows = newFilms(model, 5);
    // They would not make it by themselves.
    unwrap(world.registry.writeOverlay(version, { ...rows, items: rows.items.map((value) => value / 50) }));
    await start();
    const users = Array.from({ length: 3000 }, (_, i) => 50_000 + i);
    const { integer } = random(3);
    world.state.transaction(() => {
      for (const user of users) {
        const films = Array.from({ length: 3 }, () => integer(300));
        const met = films.map((film, i) => ({ film, rating: 5, minutes: null, timeMs: 1e12 + i * 60_000 }));
        world.state.histories.merge(user, met);
      }
    });
    const explored: number[] = [];
    for (let from = 0; from < users.length; from += 300) {
      const some = users.slice(from, from + 300);
      for (const [i, { ids }] of (await Promise.all(some.map(ask))).entries()) {
        expect(ids.slice(0, 19).some((id) => id.startsWith('new+film'))).toBe(false);
        expect(new Set(ids).size).toBe(20);
        if (ids[19]!.startsWith('new+film')) explored.push(some[i]!);
      }
    }
    // Four standard deviations around 5 %.
    expect(explored.length).toBeGreaterThan(102);
    expect(explored.length).toBeLessThan(198);
    const again = await Promise.all(explored.map(ask));
    expect(again.every(({ ids }) => ids[19]!.startsWith('new+film'))).toBe(true);
  });

  it('get their chance with strangers too, unless those named them', async () => {
    const version = promoted(1);
    const rows = newFilms(coldModel(1), 3);
    const { cold } = rows;
    const unpopular = cold!.map((value, at) => ((at + 1) % (cold!.length / 3) === 0 ? -20 : value / 50));
    unwrap(world.registry.writeOverlay(version, { ...rows, items: rows.items.map((x) => x / 50), cold: unpopular }));
    const named = [0, 1].map((i) => world.state.films.indexOf(`new+film+${i}`));
    const users = strangers(400, { likedFilms: [named[0]!, 7], dislikedFilms: [named[1]!] });
    await start();
    const last = (await Promise.all(users.map(ask))).map(({ tier, ids }) => {
      expect([tier, ids.includes('new+film+0'), ids.includes('new+film+1')]).toEqual(['cold', false, false]);
      return ids.indexOf('new+film+2');
    });
    expect(new Set(last)).toEqual(new Set([-1, 19]));
    expect(last.filter((place) => place === 19).length).toBeLessThan(40);
  });

  it('get it by whom they suit, not by how well known they are', async () => {
    const version = promoted(1);
    const model = coldModel(1);
    const rows = newFilms(model, 2);
    const columns = coldColumnsOf(model);
    const cold = new Float32Array(2 * columns.count);
    // The second is known far better; neither would make it by itself.
    cold.set([-20, -15].flatMap((known) => [...new Float32Array(columns.popularity), known]));
    cold[columns.genres + 6] = 0.01;
    unwrap(world.registry.writeOverlay(version, { ...rows, items: new Float32Array(rows.items.length), cold }));
    const users = strangers(400, { genres: [[6, 1]] });
    await start();
    const last = await lastOf(users);
    const explored = last.filter((id) => id.startsWith('new+film'));
    expect(explored.length).toBeGreaterThan(0);
    expect(new Set(explored)).toEqual(new Set(['new+film+0']));
    // Told as every score is: with all that adds to it.
    const user = users[last.indexOf('new+film+0')]!;
    const { items } = unwrap(await engine.explain(route, user));
    const { id, score, reasons } = items.at(-1)!;
    expect(id).toBe('new+film+0');
    expect(score).toBeCloseTo(
      reasons.reduce((sum, { contribution }) => sum + contribution, 0),
      6,
    );
  });

  it('get it while they are among the 500 that came last', async () => {
    const version = promoted(1);
    const rows = newFilms(coldModel(1), 501);
    const columns = coldColumnsOf(coldModel(1));
    const cold = new Float32Array(501 * columns.count);
    for (let row = 0; row < 501; row++) {
      cold[row * columns.count + columns.genres + 6] = 0.01 / (1 + row);
      cold[row * columns.count + columns.popularity] = -20;
    }
    unwrap(world.registry.writeOverlay(version, { ...rows, items: new Float32Array(rows.items.length), cold }));
    const users = strangers(200, { genres: [[6, 1]] });
    await start();
    const last = await lastOf(users);
    expect(new Set(last.filter((id) => id.startsWith('new+film')))).toEqual(new Set(['new+film+1']));
  });

  it('whose overlay is damaged do not stop their version from serving', async () => {
    const version = promoted(1);
    unwrap(world.registry.writeOverlay(version, newFilms(coldModel(1), 5)));
    await tamperOverlay(world, version, 1);
    await start();
    expect(await ask(1)).toMatchObject({ tier: 'personal', overlay: 0 });
    expect(events.map(({ result, overlay, error }) => [result, overlay, error?.code])).toEqual([
      ['refused', 1, 'version-corrupt'],
      ['loaded', 0, undefined],
    ]);
    expect(engine.residents.refusal('current')).toBeUndefined();
    await engine.residents.refresh();
    expect(events).toHaveLength(2);
    // The next overlay is a new chance.
    unwrap(world.registry.writeOverlay(version, newFilms(coldModel(1), 6)));
    await engine.residents.refresh();
    expect(await ask(1)).toMatchObject({ tier: 'personal', overlay: 2 });
    expect(engine.memory().models).toBe(1);
  });
});

describe('exploration', () => {
  it('takes its share of users, whatever the share', () => {
    for (const share of [0, 0.05, 0.5, 1]) {
      const users = Array.from({ length: 20_000 }, (_, user) => user * 499_979);
      const taken = users.filter((user) => explores(share, user, 12, 3)).length / users.length;
      expect(Math.abs(taken - share)).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / users.length));
    }
  });

  it('draws anew with every film and every overlay', () => {
    const draws = Array.from({ length: 2000 }, (_, i) => explores(0.5, 42, i % 40, Math.floor(i / 40)));
    expect(Math.abs(draws.filter(Boolean).length - 1000)).toBeLessThan(90);
  });
});
