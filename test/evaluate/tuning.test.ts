/** Tuning: on validation alone, by rungs that hold each other, seeded, and popular where there is nothing to learn. */

import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { succeed, unwrap } from '../../src/core/errors.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { learner, type Contender } from '../../src/evaluate/measure.js';
import { cutsBy, type SiteProtocol } from '../../src/evaluate/protocols/cuts-by.js';
import { signalOf } from '../../src/evaluate/signal/signal.js';
import { rungsOf } from '../../src/evaluate/tuning/rungs.js';
import { asGoodAsBest, search, type SearchOptions } from '../../src/evaluate/tuning/search.js';
import { candidatesOf } from '../../src/evaluate/tuning/search-space.js';
import { flatnessText, tuningText } from '../../src/evaluate/tuning/tuning-text.js';
import { tuningProtocols, validationCuts } from '../../src/evaluate/tuning/validation.js';
import { trainRecipe, type Recipe } from '../../src/train/recipe.js';
import { synthetic } from '../train/synthetic.js';
import { filmsOf, interactionsOf, type Meeting } from './example.js';

/** Users of two tastes, or of none, who meet films at any time. */
function log(liked: number, other: number, users = 260): Interactions {
  const interactions = synthetic({ users, films: 60, liked, other, seed: 3 });
  const { uniform } = random(4);
  const at = interactions.time.map(() => 1 + Math.floor(uniform() * 1e9));
  const order = [...at.keys()].sort((a, b) => interactions.userOf[a]! - interactions.userOf[b]! || at[a]! - at[b]!);
  return {
    ...interactions,
    filmOf: Int32Array.from(order, (i) => interactions.filmOf[i]!),
    preference: Float32Array.from(order, (i) => interactions.preference[i]!),
    time: Float64Array.from(order, (i) => at[i]!),
  };
}
const tasteful = log(0.3, 0.02);
const pairOf = ({ userOf, filmOf }: Interactions, i: number): string => `${userOf[i]} ${filmOf[i]}`;

/** What a protocol asks for, as pairs. */
function asked(protocol: SiteProtocol, interactions: Interactions): Set<string> {
  const { users } = interactions;
  const { cuts } = unwrap(cutsBy(protocol, interactions, 1));
  return new Set(
    cuts.flatMap(({ cases }) =>
      cases.flatMap(({ user, relevant }) => Array.from(relevant, (film) => `${users.indexOf(user)} ${film}`)),
    ),
  );
}

test.each(tuningProtocols)('what %s tests on is in no validation cut', (protocol) => {
  const tested = asked(protocol, tasteful);
  const { cuts } = unwrap(validationCuts(protocol, tasteful, 1));
  expect(tested.size).toBeGreaterThan(100);
  for (const { train, cases } of cuts) {
    expect([...train.userOf.keys()].filter((i) => tested.has(pairOf(train, i)))).toEqual([]);
    for (const { user, history, relevant } of cases) {
      const known = [...history, ...relevant].map((film) => `${train.users.indexOf(user)} ${film}`);
      expect(known.filter((pair) => tested.has(pair))).toEqual([]);
    }
  }
});

test.each(tuningProtocols)('another answer to every test of %s changes no validation cut', (protocol) => {
  const tested = asked(protocol, tasteful);
  const filmOf = tasteful.filmOf.map((film, i) => (tested.has(pairOf(tasteful, i)) ? (film + 1) % 60 : film));
  expect(filmOf).not.toEqual(tasteful.filmOf);
  const planted = unwrap(validationCuts(protocol, { ...tasteful, filmOf }, 1));
  expect(planted).toEqual(unwrap(validationCuts(protocol, tasteful, 1)));
});

test('rungs hold each other: by cuts, the newest first, or by seeded users', () => {
  const rolling = unwrap(validationCuts('rolling', tasteful, 1)).cuts;
  const byCuts = rungsOf(rolling, 1);
  expect(byCuts.map(({ cuts }) => cuts.length)).toEqual([4, 7, 14]);
  for (const { cuts } of byCuts) expect(cuts.at(-1)).toBe(rolling.at(-1));
  expect(byCuts[1]!.cuts).toEqual(expect.arrayContaining([...byCuts[0]!.cuts]));

  const { cuts } = unwrap(validationCuts('leave-last-out', tasteful, 1));
  const users = (seed: number): number[][] =>
    rungsOf(cuts, seed).map((rung) => rung.cuts.flatMap(({ cases }) => cases.map(({ user }) => user)));
  const [quarter, half, all] = users(1);
  expect([quarter!.length, half!.length]).toEqual([Math.ceil(all!.length / 4), Math.ceil(all!.length / 2)]);
  expect(half).toEqual(expect.arrayContaining(quarter!));
  expect(users(1)).toEqual(users(1));
  expect(users(2)[0]).not.toEqual(quarter);
});

test('candidates are seeded, within the limits of training, and begin with the defaults', () => {
  for (const kind of ['popularity', 'ials', 'linear'] as const) {
    const candidates = candidatesOf(kind, 12, 5);
    expect(candidatesOf(kind, 12, 5)).toEqual(candidates);
    if (kind !== 'popularity') expect(candidatesOf(kind, 12, 6).slice(1)).not.toEqual(candidates.slice(1));
    expect(new Set(candidates.map((recipe) => JSON.stringify(recipe))).size).toBe(candidates.length);
  }
});

const contender = (name: string, recipe: Recipe): Contender =>
  learner(name, async (train) => {
    const trained = await trainRecipe(recipe, { interactions: train, films: [] }, { trackLoss: false });
    return trained.ok ? succeed(trained.value.model) : trained;
  });
const popularity = contender('popularity', { kind: 'popularity', parameters: {} });
const lists: Omit<SearchOptions, 'protocol' | 'films' | 'notes'> = { k: 5, seed: 1, onProgress: () => undefined };

async function tuned(interactions: Interactions, judged: Pick<SearchOptions, 'signal' | 'rules'> = {}) {
  const recipes = candidatesOf('linear', 6, 1);
  const candidates = recipes.map((recipe, i) => contender(`draw ${i}`, recipe));
  const { cuts } = unwrap(validationCuts('leave-last-out', interactions, 1));
  const rungs = rungsOf(cuts, 1);
  const films = filmsOf(interactions.films.map(() => ({})));
  const options = { ...lists, ...judged, protocol: 'inner', films, notes: [] };
  const found = unwrap(await search(rungs, popularity, candidates, options));
  const parameters = Object.fromEntries(recipes.map((recipe, i) => [`draw ${i}`, { ...recipe.parameters }]));
  return { kind: 'linear', parameters, rungs, search: found };
}

test('where there is taste a model is found, and the log has every candidate', async () => {
  const result = await tuned(tasteful);
  const { scores, last } = result.search;
  expect(last.verdict).toMatchObject({ evidence: 'sufficient' });
  expect(last.verdict.choice).toMatch(/^draw/);
  expect(Object.keys(scores)).toHaveLength(8);
  expect(
    Object.values(scores)
      .map((its) => its.length)
      .sort(),
  ).toEqual([1, 1, 1, 2, 2, 3, 3, 3]);
  expect(scores.popularity).toHaveLength(3);
  expect(asGoodAsBest(result.search)).toContain(last.verdict.best);
  const text = tuningText(result);
  for (const name of Object.keys(scores)) expect(text).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'));
  expect(flatnessText(result)).toMatch(/^Of 2 candidates .* lambda \d+/);
});

test('where there is none, popularity stays', async () => {
  const { search: found } = await tuned(log(0.12, 0.12));
  expect(found.last.verdict).toMatchObject({ choice: 'popularity', evidence: 'not above popularity' });
});

/** Two times of 1,200 users with nine films each, and in each of them films of its own, by popularity alone. */
function drifting(): Interactions {
  const { uniform, integer } = random(6);
  const meetings = Array.from({ length: 2400 }, (_, user): Meeting[] => {
    const late = Number(user >= 1200);
    const films = new Set<number>();
    while (films.size < 9) films.add(40 * late + integer(1 + Math.floor(40 * uniform())));
    return Array.from(films, (film) => [user + 1, film, 1_000 + late]);
  });
  return interactionsOf(meetings.flat(), 80);
}

test('where popularity drifts and nobody has a taste, no personal model is taken for above it', async () => {
  const interactions = drifting();
  const signal = signalOf(interactions, 1);
  expect(signal.verdict).toBe('none');
  const { last } = (await tuned(interactions, { signal })).search;
  expect(last.verdict).toMatchObject({ choice: 'popularity', evidence: 'no taste measurable' });
  const { model, difference } = last.figures.models.find((one) => one.model === last.verdict.best)!;
  expect([model, difference!['ndcg@5']!.low > 0]).toEqual([expect.stringMatching(/^draw/), true]);

  // What needs no taste may be taken for it.
  const { search: ruled } = await tuned(interactions, { signal, rules: [model] });
  expect(ruled.last.verdict).toMatchObject({ choice: model, evidence: 'no taste measurable' });
});
