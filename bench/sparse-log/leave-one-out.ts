/** Popularity and personal models on one random film of each user with two or more, and the one that validation chose. */

import { succeed, unwrap } from '../../src/core/errors.js';
import { unknownFilm } from '../../src/dataset/facts.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import type { Cut } from '../../src/evaluate/cases.js';
import { figuresOf, type ModelFigures } from '../../src/evaluate/figures.js';
import { learner, measure, type Contender } from '../../src/evaluate/measure.js';
import { cutsBy } from '../../src/evaluate/protocols/cuts-by.js';
import { ialsDefaults, type IalsParameters } from '../../src/train/ials-parameters.js';
import { linearDefaults, type LinearParameters } from '../../src/train/linear-parameters.js';
import { trainRecipe, type Recipe } from '../../src/train/recipe.js';
import { byForm, wholeBar } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';

const seed = 1;
const k = 20;
const hitRate = `hr@${k}`;
const metrics = [hitRate, `ndcg@${k}`];
/** What a personal model may surely lose at most where there is nothing to win. */
const harmless = -0.003;

const effort = byForm({ short: { dimensions: 8 }, usual: {} });
const popularity: Recipe = { kind: 'popularity', parameters: {} };
const ials = (changed: Partial<IalsParameters> = {}): Recipe => ({
  kind: 'ials',
  parameters: { ...ialsDefaults, ...effort, ...changed },
});
const linear = (changed: Partial<LinearParameters> = {}): Recipe => ({
  kind: 'linear',
  parameters: { ...linearDefaults, ...effort, ...changed },
});

/** Of which validation chooses. A random film of a log is as likely an old one: no half-life. */
const candidates: Readonly<Record<string, Recipe>> = {
  'iALS, prior 0': ials({ prior: 0 }),
  'iALS, prior 0.03': ials({ prior: 0.03 }),
  'iALS, prior 0.1': ials({ prior: 0.1 }),
  'linear, prior 0.05': linear({ prior: 0.05, halfLifeDays: 0 }),
  'linear, prior 1': linear({ prior: 1, halfLifeDays: 0 }),
};

const contender = (name: string, recipe: Recipe): Contender =>
  learner(name, async (interactions) => {
    const { model } = unwrap(await trainRecipe(recipe, { interactions, films: [] }, { trackLoss: false }));
    return succeed(model);
  });

const leaveOneOut = (interactions: Interactions): Cut => unwrap(cutsBy('leave-one-out', interactions, seed)).cuts[0]!;

/** In the order of the recipes, the first of which is what the others are held against. */
async function compare(cut: Cut, recipes: Readonly<Record<string, Recipe>>): Promise<readonly ModelFigures[]> {
  const contenders = Object.entries(recipes).map(([name, recipe]) => contender(name, recipe));
  const films = cut.train.films.map(() => unknownFilm);
  const { windows, measured } = unwrap(await measure([cut], contenders, films, k));
  const judged = measured.map((one) => ({
    ...one,
    values: new Map([...one.values].filter(([name]) => metrics.includes(name))),
  }));
  return figuresOf({ windows, measured: judged }, [...windows.keys()], contenders[0]!.name, seed).models;
}

export async function leaveOneOutRows(interactions: Interactions): Promise<Row[]> {
  const cut = leaveOneOut(interactions);
  const validated = await compare(leaveOneOut(cut.train), candidates);
  const best = validated.reduce((a, b) => (valueOf(b) > valueOf(a) ? b : a)).model;
  const models = await compare(cut, {
    popularity,
    'iALS, defaults': ials(),
    'linear, defaults': linear(),
    'best of validation': candidates[best]!,
  });
  const users = `${cut.cases.length} users`;
  const absolute = models.flatMap(({ model, metrics: of }) =>
    metrics.map((metric) => {
      const { value, low, high } = of[metric]!;
      const note = `${users}, 95 % between ${low.toFixed(4)} and ${high.toFixed(4)}`;
      return figureRow({ name: `${model}: ${metric}`, unit: metric, ours: [value], better: 'higher', note });
    }),
  );
  return [...absolute, differenceRow(models.at(-1)!, best)];
}

function differenceRow({ model, difference }: ModelFigures, chosen: string): Row {
  const { value, low, high } = difference![hitRate]!;
  return figureRow({
    ...{ name: `${model}, above popularity, at least`, unit: hitRate, ours: [low], better: 'higher' },
    bar: wholeBar(harmless),
    note: `${chosen}; ${value.toFixed(4)}, 95 % between ${low.toFixed(4)} and ${high.toFixed(4)}`,
  });
}

const valueOf = ({ metrics: of }: ModelFigures): number => of[hitRate]!.value;
