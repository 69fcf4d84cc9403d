/** What answers to new viewers of the simulated world are worth, of whom nothing is known but what they say and who they are. */

import { random } from '../src/core/random.js';
import { bundledCatalogue } from '../src/sim/catalogue/bundled.js';
import { ageOf } from '../src/sim/viewers/users.js';
import { createSimWorld } from '../src/sim/world.js';
import { coldData } from './cold-text/data.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { learnAnswers, ways, worth } from './newcomers/answers.js';
import { bandNames, chooseNewcomers, meet } from './newcomers/arrivals.js';
import { populate } from './newcomers/population.js';
import { rowsOf, type Against, type Worth } from './newcomers/rows.js';
import { DAY_MS } from './newcomers/viewings.js';

/**
 * Other worlds than any in which a parameter was looked at. Their interactions are as many as the bundled ratings, on
 * which the recipe was chosen.
 */
const { seeds, viewers, filmsEach, newcomers } = byForm({
  short: { seeds: [11], viewers: 1_000, filmsEach: 25, newcomers: { anyAge: 100, each: 10 } },
  usual: { seeds: [11, 12, 13], viewers: 4_000, filmsEach: 25, newcomers: { anyAge: 1_000, each: 400 } },
});
/** They take no memory: enough that every band can be filled. */
const EVERYBODY = 1_000_000;
/** 2026-01-05, a Monday; the new viewers sign up at eight in the evening of the last day. */
const fromMs = Date.UTC(2026, 0, 5);
const days = 28;
const signUpMs = fromMs + (days - 1) * DAY_MS + 20 * 3_600_000;

interface Outcome {
  readonly band: number;
  readonly anyAge: boolean;
  /** nDCG@20. */
  readonly accuracy: Worth;
  /** Mean true satisfaction with the films of the list. */
  readonly pleasure: Worth;
}

const data = await coldData();
const known = new Map(bundledCatalogue().map((film) => [film.id, film]));
// In the order of the data, so that a number means the same film to the world, the models and the titles.
const catalogue = data.interactions.films.map((id) => known.get(id)!);

/** In one world: new viewers who like any of the films that they will watch. */
async function measure(seed: number): Promise<Outcome[]> {
  const world = createSimWorld({ seed, films: catalogue.length, users: EVERYBODY, known: catalogue });
  const population = populate(world, random(seed), viewers, filmsEach, { fromMs, days });
  const answer = await learnAnswers(population, data.films, data.titles);
  const chosen = chooseNewcomers((user) => ageOf(seed, user), viewers + 1, newcomers);
  const met = meet(world, chosen, random(1_000 + seed), signUpMs);
  return met
    .filter(({ relevant }) => relevant.size > 0)
    .map((newcomer) => {
      const lists = answer(newcomer);
      const pleasure = (film: number): number => world.tastes.satisfaction(newcomer.user, film, signUpMs);
      const byWay = (value: (list: readonly number[]) => number): Worth =>
        Object.fromEntries(ways.map((way) => [way, value(lists[way])])) as Worth;
      return {
        ...{ band: newcomer.band, anyAge: newcomer.anyAge },
        accuracy: byWay((list) => worth(list, newcomer)),
        pleasure: byWay((list) => list.reduce((sum, film) => sum + pleasure(film), 0) / list.length),
      };
    });
}

printMachine();
const outcomes: Outcome[] = [];
for (const seed of seeds) outcomes.push(...(await measure(seed)));
const everybody = outcomes.filter(({ anyAge }) => anyAge);
const accuracyOf = (some: readonly Outcome[]): Worth[] => some.map(({ accuracy }) => accuracy);
const pleasureOf = (some: readonly Outcome[]): Worth[] => some.map(({ pleasure }) => pleasure);
const inBand = (band: number): Outcome[] => outcomes.filter((outcome) => outcome.band === band);
const everyOther = Object.fromEntries(ways.flatMap((way) => (way === 'all' ? [] : [[way, 'shown']]))) as Against;
reportRows('newcomers', [
  ...rowsOf('everybody', 'nDCG@20', accuracyOf(everybody), {
    ...everyOther,
    ...{ popularity: 'bar', 'without dislikes': 'bar' },
  }),
  ...rowsOf('everybody', 'satisfaction of 1', pleasureOf(everybody), everyOther),
  ...bandNames.flatMap((name, band) => rowsOf(name, 'nDCG@20', accuracyOf(inBand(band)), { popularity: 'bar' })),
]);
