/** The running service weighs films by how much they were liked and how old they are, as training and evaluation do. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { readInteractions } from '../../src/dataset/interactions.js';
import { byUser } from '../../src/dataset/sparse.js';
import { preferenceOf, weightOf } from '../../src/dataset/weight.js';
import { createEngine, type Engine } from '../../src/engine/engine.js';
import { createLocalEngine, type Query } from '../../src/engine/local.js';
import type { TestCase } from '../../src/evaluate/cases.js';
import { listsOf } from '../../src/evaluate/lists.js';
import type { Model } from '../../src/registry/model.js';
import type { HistoryEvent } from '../../src/store/histories.js';
import { sumModel } from './models.js';
import { openWorld, USERS, type TestWorld } from './world.js';

const route = { pointer: 'current', policy: 'standard' } as const;
const FLOOR = -0.6;
const FILMS = 300;

let world: TestWorld;
let engine: Engine;

beforeEach(() => {
  world = openWorld();
  const { integer } = random(3);
  world.state.transaction(() => {
    for (let i = 0; i < FILMS; i += 2) {
      world.state.films.put({ id: `film+${i}`, title: `Film ${i}`, year: 2000, genres: [], runtime: 80.5 + (i % 50) });
    }
    for (let user = 1; user <= USERS; user++) {
      const event = (): HistoryEvent => {
        const rated = integer(3) === 0;
        const film = integer(FILMS);
        return {
          film,
          rating: rated ? 1 + integer(5) : null,
          minutes: rated ? null : integer(120),
          timeMs: 2e12 + 1000 * integer(40),
        };
      };
      world.state.histories.merge(user, Array.from({ length: 8 }, event));
    }
  });
});

afterEach(async () => {
  await engine.close();
  await world.close();
});

async function serve(model: Model): Promise<void> {
  unwrap(world.registry.promote(world.writeVersion(1, model)));
  const { stateFolder, modelsFolder, registry, state } = world;
  const films = (): number => state.films.count();
  const options = { workers: 1, deadlineMs: 5000, pointers: ['current'] } as const;
  engine = createEngine({ ...{ registry, stateFolder, modelsFolder, films }, ...options });
  await engine.started();
  await engine.residents.refresh();
}

/** The answer's body, or why there is none. */
const ask = (user: number): Promise<string> =>
  new Promise((resolve) => {
    engine.submit(route, {
      user,
      answered: (_, body) => {
        resolve(Buffer.from(body).toString());
      },
      missed: resolve,
    });
  });

/** By the formulas alone: the weights of a user's films, and the films as rows. */
function queryOf(user: number, floor: number): Query {
  const history = world.state.histories.read(user)!;
  const rows = Int32Array.from({ length: history.count }, (_, i) => history.film(i));
  const known = Array.from(rows, (_, i) => [history.rating(i), history.minutes(i)] as const);
  const weights = Float32Array.from(rows, (film, i) => {
    const [rating, minutes] = known[i]!;
    return weightOf(preferenceOf(rating, minutes, world.state.films.get(film)!.runtime ?? 0, 5), floor);
  });
  return { rows, weights, seen: rows };
}

function expected(model: Model, user: number, floor: number): string {
  const [scored] = unwrap(createLocalEngine(model)).topK([queryOf(user, floor)], 20);
  return Array.from(scored!.rows, (row) => model.filmIds[row]).join(',');
}

function summing(floor: number, recency = 0.6): Model {
  const { normal, uniform } = random(5);
  const draws = (length: number, draw: () => number): Float32Array => Float32Array.from({ length }, draw);
  return sumModel(draws(FILMS * 12, normal), 12, draws(FILMS, uniform), { floor, recency, bias: draws(FILMS, normal) });
}

const folding = (floor: number): Model => ({
  ...world.model(1),
  encoder: { type: 'fold-in', alpha: 10, reg: 5, regScaling: 0.5, floor, ratingHigh: 5 },
});

it.each([
  ['a sum', summing],
  ['a fold-in', folding],
])('%s takes each film by its rating, else by the share watched', async (_, modelOf) => {
  const model = modelOf(FLOOR);
  await serve(model);
  let weighed = 0;
  for (let user = 1; user <= USERS; user++) {
    const list = expected(model, user, FLOOR);
    expect(await ask(user)).toBe(list);
    if (list !== expected(model, user, 1)) weighed++;
  }
  expect(weighed).toBeGreaterThan(USERS / 2);
});

/** All that each user met, as the evaluation sees it, by user. */
function casesOf({ state }: TestWorld, model: Model): Map<number, TestCase> {
  const interactions = readInteractions(state);
  const rowOf = new Map(model.filmIds.map((id, row) => [id, row]));
  const { indptr, indices, values } = byUser(interactions, interactions.preference);
  const cases = Array.from(interactions.users, (user, dense): [number, TestCase] => {
    const [from, to] = [indptr[dense], indptr[dense + 1]];
    const history = indices.slice(from, to).map((film) => rowOf.get(interactions.films[film]!) ?? -1);
    return [user, { user, history, preferences: values.slice(from, to), relevant: new Set() }];
  });
  return new Map(cases.filter(([, { history }]) => !history.includes(-1)));
}

it('serves the lists that the evaluation judges, and others to who met the same films the other way round', async () => {
  const model = summing(FLOOR);
  const event = (film: number, timeMs: number): HistoryEvent => ({ film, rating: null, minutes: null, timeMs });
  const films = [17, 4, 211, 90, 5, 262];
  const [onwards, backwards] = [USERS + 5, USERS + 6];
  for (const [user, met] of [
    [onwards, films],
    [backwards, films.toReversed()],
  ] as const) {
    world.state.histories.merge(
      user,
      met.map((film, i) => event(film, 1e12 + i * 1000)),
    );
  }
  await serve(model);
  const cases = casesOf(world, model);
  expect(cases.size).toBe(USERS + 2);
  const lists = unwrap(listsOf(model, [...cases.values()], 20));
  const judged = new Map(
    [...cases.keys()].map((user, i) => [user, Array.from(lists[i]!, (row) => model.filmIds[row])]),
  );
  for (const [user, list] of judged) expect(await ask(user)).toBe(list.join(','));

  expect(cases.get(backwards)!.history).toEqual(cases.get(onwards)!.history.toReversed());
  expect(judged.get(backwards)).not.toEqual(judged.get(onwards));
  const ageless = unwrap(listsOf(summing(FLOOR, 0), [cases.get(onwards)!, cases.get(backwards)!], 20));
  expect(ageless[0]).toEqual(ageless[1]);
});

it('a floor of 1 weighs all films alike', async () => {
  const model = summing(1);
  await serve(model);
  for (let user = 1; user <= 20; user++) expect(await ask(user)).toBe(expected(model, user, 1));
});

it('has nothing personal for who liked nothing: the next rung answers', async () => {
  const dislike = (film: number): HistoryEvent => ({ film, rating: 1, minutes: null, timeMs: 2e12 });
  world.state.histories.merge(USERS + 5, [dislike(1), dislike(2)]);
  await serve(summing(FLOOR));
  expect(await ask(USERS + 5)).toBe('no-history');
});

it('explains a sum: what each film adds, less the bias, is the score', async () => {
  const like = (film: number, rating: number): HistoryEvent => ({ film, rating, minutes: null, timeMs: 2e12 });
  world.state.histories.merge(USERS + 5, [like(1, 5), like(2, 3)]);
  const model = summing(FLOOR);
  const { bias } = model;
  await serve(model);
  const { items } = unwrap(await engine.explain(route, USERS + 5));
  const whole = items.filter(({ reasons }) => reasons.length === 2);
  expect(whole.length).toBeGreaterThan(5);
  for (const { id, score, reasons } of whole) {
    const sum = reasons.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum + bias![model.filmIds.indexOf(id)]!).toBeCloseTo(score, 5);
    expect(reasons.map((reason) => reason.id).sort()).toEqual(['film+1', 'film+2']);
  }
});
