/** The ways to weigh interactions on validation, each with the floor that serves half of the users best, judged by the others. */

import { succeed, unwrap } from '../../src/core/errors.js';
import { unknownFilm } from '../../src/dataset/facts.js';
import type { Cut } from '../../src/evaluate/cases.js';
import { learner, measure, type Contender, type Measurement } from '../../src/evaluate/measure.js';
import { validationCuts } from '../../src/evaluate/tuning/validation.js';
import { unknownFilmText } from '../../src/text/text-encoder.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { linearDefaults } from '../../src/train/linear-parameters.js';
import { trainRecipe, type Recipe } from '../../src/train/recipe.js';
import { byForm } from '../harness/form.js';
import { chosenByHalf, type Weighed } from './choice.js';
import type { ToldLog } from './logs.js';

/** By interaction, what a weighting goes by: 0…1, NaN where it knows nothing, which weighs 1. */
const weightings: Readonly<Record<string, (log: ToldLog) => Float32Array>> = {
  'ratings alone': ({ rating }) => rating,
  'share watched alone': ({ share }) => share,
  'ratings, else share watched': ({ rating, share }) =>
    rating.map((told, i) => (Number.isNaN(told) ? share[i]! : told)),
};
const alike = 'all alike';

/** Of a film liked not at all; 1, which weighs all alike, is a weighting of its own. */
const floors = byForm({ short: [0.5], usual: [-0.5, 0, 0.25, 0.5, 0.75] });

export const models = ['linear', 'ials'] as const;
export type ModelName = (typeof models)[number];

const effort = byForm({ short: { dimensions: 8 }, usual: {} });
const recipeOf = (model: ModelName, floor: number): Recipe =>
  model === 'ials'
    ? { kind: model, parameters: { ...ialsDefaults, ...effort, floor } }
    : { kind: model, parameters: { ...linearDefaults, ...effort, floor } };

const [k, seed] = [20, 1];
const metric = `ndcg@${k}`;

/** What is to be found: whatever was met, or what was liked of it. */
export const targets = ['any film', 'a liked film'] as const;
export type Target = (typeof targets)[number];

/** On validation cuts of leave-last-out: nothing that the protocol tests on is in them. */
export async function weigh(log: ToldLog, model: ModelName): Promise<Record<Target, readonly Weighed[]>> {
  const cutWith = (preference: Float32Array): Cut =>
    unwrap(validationCuts('leave-last-out', { ...log.interactions, preference }, seed)).cuts[0]!;
  const entries = Object.entries(weightings)
    .map(([name, preferenceOf]) => ({ name, preference: preferenceOf(log) }))
    .filter(({ name, preference }) => preference.some((value) => !Number.isNaN(value)) && !isDouble(name, log));
  const variants = [
    { name: alike, weighting: alike, floor: 1, cut: cutWith(log.rating) },
    ...entries.flatMap(({ name, preference }) => {
      const cut = cutWith(preference);
      return floors.map((floor) => ({ name: `${name}, floor ${floor}`, weighting: name, floor, cut }));
    }),
  ];
  const contenders = variants.map(({ name, floor, cut }) => contenderOn(cut, name, recipeOf(model, floor)));
  const films = log.interactions.films.map(() => unknownFilm);
  const measurement = onlyOne(unwrap(await measure([variants[0]!.cut], contenders, films, k)));

  const bestOf = (which: readonly number[]): Weighed[] =>
    chosenByHalf(measurement, which, variants, { metric, baseline: alike, seed });
  const all = [...measurement.windows.keys()];
  return { 'any film': bestOf(all), 'a liked film': bestOf(all.filter(likedIn(log, measurement))) };
}

/** Where nothing is known of shares, ratings and what stands in for them are the same. */
const isDouble = (name: string, { share }: ToldLog): boolean =>
  name === 'ratings, else share watched' && share.every(Number.isNaN);

/** Answers about the weighting's own cut, which differs from the others in preferences alone. */
function contenderOn(cut: Cut, name: string, recipe: Recipe): Contender {
  const films = cut.train.films.map(() => unknownFilmText);
  const inner = learner(name, async (interactions) => {
    const { model } = unwrap(await trainRecipe(recipe, { interactions, films }, { trackLoss: false }));
    return succeed(model);
  });
  return { name, answer: (_, length) => inner.answer(cut, length) };
}

const onlyOne = (measurement: Measurement): Measurement => ({
  ...measurement,
  measured: measurement.measured.map((one) => ({ ...one, values: new Map([[metric, one.values.get(metric)!]]) })),
});

/** Whether the one film of a window that is to be found was liked. */
function likedIn({ interactions, liked }: ToldLog, { windows }: Measurement): (window: number) => boolean {
  const { users, films, userOf, filmOf } = interactions;
  const pairs = new Set(
    Array.from(userOf.keys())
      .filter((i) => liked[i] === 1)
      .map((i) => users[userOf[i]!]! * films.length + filmOf[i]!),
  );
  return (window) => {
    const { user, relevant } = windows[window]!.test;
    return [...relevant].some((film) => pairs.has(user * films.length + film));
  };
}
