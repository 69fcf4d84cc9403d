/** The rows: what each way to rank earns, and by how much each is surely above the next. */

import { bootstrap, type Interval } from '../../src/evaluate/bootstrap.js';
import { wholeBar } from '../harness/form.js';
import { digits, figureRow, type Row } from '../harness/rows.js';
import type { Earned } from './earned.js';
import { ways, type Way } from './rankings.js';

export const groups = ['one film known', 'all films known'] as const;
export type Group = (typeof groups)[number];

/** Each against the next; of the two models each against popularity, and against the other. */
const pairs: readonly (readonly [better: Way, worse: Way])[] = [
  ['true taste', 'iALS'],
  ['iALS', 'linear'],
  ['iALS', 'popularity'],
  ['linear', 'popularity'],
  ['popularity', 'chance'],
];

/** Of one film known, a model may surely earn no more than this above popularity: a star of five is 0.13 of satisfaction. */
const HARD_TO_BEAT = 0.02;

export function rowsOf(group: Group, earned: Readonly<Record<Way, Earned>>): Row[] {
  const one = (what: keyof Earned, value: (way: Way) => Interval): Row[] =>
    ways.map((way) => {
      const { value: mean, low, high } = value(way);
      const name = `${group}, ${what}: ${way}`;
      return figureRow({ name, unit: 'satisfaction of 1', ours: [mean], better: 'higher', note: between(low, high) });
    });
  const against = (what: keyof Earned): Row[] =>
    pairs.map(([better, worse]) => {
      const [difference] = intervals([lessOf(earned[better][what], earned[worse][what])]);
      return differenceRow(group, what, better, worse, difference!);
    });
  return (['list', 'choice'] as const).flatMap((what) => {
    const means = intervals(ways.map((way) => Float64Array.from(earned[way][what])));
    return [...one(what, (way) => means[ways.indexOf(way)]!), ...against(what)];
  });
}

/** The end of the interval on which the proof hangs. */
function differenceRow(group: Group, what: keyof Earned, better: Way, worse: Way, difference: Interval): Row {
  const { value, low, high } = difference;
  const name = `${group}, ${what}: ${better} above ${worse}`;
  const note = `mean ${digits(value)}, ${between(low, high)}`;
  const unit = 'satisfaction of 1';
  if (group === 'one film known' && worse === 'popularity') {
    return figureRow({ name: `${name}, at most`, unit, ours: [high], bar: wholeBar(HARD_TO_BEAT), note });
  }
  // Which of two models is better is a finding; that each is above what knows less is what the world must show.
  const bar = worse === 'linear' ? undefined : wholeBar(0);
  return figureRow({ name: `${name}, at least`, unit, ours: [low], better: 'higher', bar, note });
}

const between = (low: number, high: number): string => `95 % between ${digits(low)} and ${digits(high)}`;
const intervals = (series: readonly Float64Array[]): Interval[] => bootstrap(series, 1);
const lessOf = (a: readonly number[], b: readonly number[]): Float64Array =>
  Float64Array.from(a, (value, viewer) => value - b[viewer]!);
