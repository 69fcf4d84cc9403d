/**
 * The world tells good recommenders from bad: true taste earns more satisfaction than iALS, iALS more than popularity once
 * it knows a few films, popularity more than chance; and for viewers of one film popularity is hard to beat.
 */

import { expect, test } from 'vitest';
import { simulate } from '../../bench/sim-fidelity/choices.js';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { bootstrap, type Interval } from '../../src/evaluate/bootstrap.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import type { Watched } from '../../src/sim/viewers/fidelity.js';
import { tasteful } from '../../src/sim/site/behaviour.js';
import { usualConditions } from '../../src/sim/site/conditions.js';
import { createSimWorld } from '../../src/sim/world.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';

const known = bundledCatalogue();
const world = createSimWorld({ seed: 21, films: known.length, users: 10_000, known });
const everyFilm = [...world.ids.keys()];
const EVENING = Date.UTC(2027, 0, 2, 20);
const DAY = 86_400_000;
const [TRAINED, ASKED, LENGTH] = [3_000, 200, 20];

const { interactions, rows } = interactionsOf(simulate(world, TRAINED, 30));
const counts = new Uint32Array(rows.length);
for (const row of interactions.filmOf) counts[row]!++;
const byPopularity = [...rows.keys()].sort((a, b) => counts[b]! - counts[a]!);
const rowOf = new Map(rows.map((film, row) => [film, row]));
const engine = unwrap(
  createLocalEngine(unwrap(await trainIals(interactions, ialsDefaults, { trackLoss: false })).model),
);

test.each([
  { films: 1, better: ['taste', 'popularity', 'chance'], least: 0 },
  { films: 30, better: ['taste', 'ials', 'popularity', 'chance'], least: 0.02 },
])('after this many films: $films', ({ films, better, least }) => {
  const earned = satisfactions(films);
  for (const [i, worse] of better.slice(1).entries()) {
    const lead = differenceOf(earned.get(better[i]!)!, earned.get(worse)!);
    expect(lead.low, `${better[i]!} against ${worse}: ${JSON.stringify(lead)}`).toBeGreaterThan(least);
  }
});

test('for viewers of one film popularity is hard to beat', () => {
  const earned = satisfactions(1);
  expect(differenceOf(earned.get('ials')!, earned.get('popularity')!).high).toBeLessThan(0.02);
});

/** By recommender: how much each of its lists of 20 pleases, for viewers whom it was not trained on and who watched so many films. */
function satisfactions(films: number): Map<string, Float64Array> {
  const draws = random(films);
  const { choose } = tasteful(world, draws, 5, usualConditions(world));
  const earned = new Map(['taste', 'ials', 'popularity', 'chance'].map((name) => [name, new Float64Array(ASKED)]));
  for (let i = 0; i < ASKED; i++) {
    const viewer = 1 + TRAINED + i;
    const seen = new Set<number>();
    for (let day = 1; seen.size < films; day++) {
      const { film } = choose(viewer, [], EVENING - day * DAY);
      if (rowOf.has(film)) seen.add(film);
    }
    const pleasure = everyFilm.map((film) => world.tastes.satisfaction(viewer, film, EVENING));
    const unseen = everyFilm.filter((film) => !seen.has(film));
    const lists = {
      taste: unseen.sort((a, b) => pleasure[b]! - pleasure[a]!),
      ials: askIals([...seen]),
      popularity: byPopularity.map((row) => rows[row]!).filter((film) => !seen.has(film)),
      chance: Array.from({ length: LENGTH }, () => draws.integer(everyFilm.length)),
    };
    for (const [name, list] of Object.entries(lists)) {
      earned.get(name)![i] = list.slice(0, LENGTH).reduce((sum, film) => sum + pleasure[film]!, 0) / LENGTH;
    }
  }
  return earned;
}

function askIals(watched: readonly number[]): number[] {
  const history = Int32Array.from(watched, (film) => rowOf.get(film)!);
  const query = { rows: history, weights: new Float32Array(history.length).fill(1), seen: history };
  return Array.from(engine.topK([query], LENGTH)[0]!.rows, (row) => rows[row]!);
}

const differenceOf = (a: Float64Array, b: Float64Array): Interval =>
  bootstrap([a.map((value, i) => value - b[i]!)], 1)[0]!;

/** `rows` has the film of the world behind each row of the model. */
function interactionsOf({ films }: Watched): { interactions: Interactions; rows: number[] } {
  const watched = [...new Set(films.flat())].sort((a, b) => a - b);
  const dense = new Map(watched.map((film, row) => [film, row]));
  const filmOf = Int32Array.from(films.flat(), (film) => dense.get(film)!);
  const interactions = {
    users: Float64Array.from(films, (_, viewer) => viewer + 1),
    films: watched.map((film) => world.ids[film]!),
    userOf: Int32Array.from(films.flatMap((list, viewer) => list.map(() => viewer))),
    filmOf,
    preference: new Float32Array(filmOf.length).fill(NaN),
    time: new Float64Array(filmOf.length),
    ratingHigh: 5,
  };
  return { interactions, rows: watched };
}
