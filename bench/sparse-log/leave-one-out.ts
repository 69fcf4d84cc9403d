/** Popularity and personal models on one random film of each user with two or more, with the prior that validation chose. */

import { unwrap } from '../../src/core/errors.js';
import { unknownFilm } from '../../src/dataset/facts.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import type { Cut } from '../../src/evaluate/cases.js';
import { figuresOf, type ModelFigures } from '../../src/evaluate/figures.js';
import { learner, measure, type Contender } from '../../src/evaluate/measure.js';
import { cutsBy } from '../../src/evaluate/protocols/cuts-by.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { trainRecipe, type Recipe } from '../../src/train/recipe.js';
import { byForm, wholeBar } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';

const seed = 1;
const k = 20;
const hitRate = `hr@${k}`;
const metrics = [hitRate, `ndcg@${k}`];
const priors = [0, 0.03, 0.1, 0.3];
/** What a personal model may surely lose at most where there is nothing to win. */
const harmless = -0.003;

const effort = byForm({ short: { dimensions: 8, iterations: 2 }, usual: {} });
const popularity: Recipe = { kind: 'popularity', parameters: {} };
const ials = (prior: number): Recipe => ({ kind: 'ials', parameters: { ...ialsDefaults, ...effort, prior } });

const contender = (name: string, recipe: Recipe): Contender =>
  learner(name, async (interactions) => {
    const { model } = unwrap(await trainRecipe(recipe, interactions, { trackLoss: false }));
    return { ok: true, value: model };
  });

const leaveOneOut = (interactions: Interactions): Cut => unwrap(cutsBy('leave-one-out', interactions, seed)).cuts[0]!;

/** In the order of the contenders, the first of whom is what the others are held against. */
async function compare(cut: Cut, contenders: readonly Contender[]): Promise<readonly ModelFigures[]> {
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
  const candidates = priors.map((prior) => contender(String(prior), ials(prior)));
  const validated = await compare(leaveOneOut(cut.train), candidates);
  const best = validated.reduce((a, b) => (valueOf(b) > valueOf(a) ? b : a)).model;

  const models = await compare(cut, [
    contender('popularity', popularity),
    contender('iALS without a prior', ials(0)),
    contender(`iALS with the prior that validation chose`, ials(Number(best))),
  ]);
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

function differenceRow({ model, difference }: ModelFigures, prior: string): Row {
  const { value, low, high } = difference![hitRate]!;
  return figureRow({
    ...{ name: `${model}, above popularity, at least`, unit: hitRate, ours: [low], better: 'higher' },
    bar: wholeBar(harmless),
    note: `prior ${prior}; ${value.toFixed(4)}, 95 % between ${low.toFixed(4)} and ${high.toFixed(4)}`,
  });
}

const valueOf = ({ metrics: of }: ModelFigures): number => of[hitRate]!.value;
