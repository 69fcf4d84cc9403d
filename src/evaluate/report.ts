/** What an evaluation says: every contender's figures, whether they decide anything, and what must be known to read them. */

import type { UserFacts } from '../dataset/facts.js';
import { isCold } from './cases.js';
import { figuresOf, type Figures } from './figures.js';
import { groupsBy, type Group } from './group-figures.js';
import type { Grouping } from './groups.js';
import type { Measurement } from './measure.js';
import { coverage } from './metrics/coverage.js';
import { gini } from './metrics/gini.js';

/** Below this many test users (user-windows) a difference is shown but decides nothing. */
const decidingWindows = 200;
/** The metric by which models are chosen. */
export const deciding = (k: number): string => `ndcg@${k}`;

/** Of all lists together. Without intervals: a resample of users always shows fewer different films than the users do. */
export interface ListFigures {
  readonly model: string;
  /** Share of the films shown to anyone. */
  readonly coverage: number;
  /** Of exposure: 0 when all films are shown equally often. */
  readonly gini: number;
  /** Share of the shown films whose licence fee is known. */
  readonly costKnown: number;
}

/** How the figures came about. */
export interface ProtocolFacts {
  readonly ranked: 'all films' | 'given candidates';
  /** Whether what the user has met is taken off the lists. */
  readonly seenRemoved: boolean;
  readonly recallDenominator: string;
  /** What is known of a test user. */
  readonly known: 'history' | 'what they say';
  readonly testUsers: number;
  readonly userWindows: number;
  /** Test cases without a history, which are in no figure but their own. */
  readonly cold: number;
  /** Of each cut. */
  readonly trainingInteractions: readonly number[];
}

export interface Report {
  readonly k: number;
  readonly facts: ProtocolFacts;
  /** Whether the test cases are enough to decide by. */
  readonly decides: boolean;
  /** Of the test cases with a history. */
  readonly figures: Figures;
  readonly lists: readonly ListFigures[];
  /** Of those without, who get the fallback list: apart, since no model can tell one from the other. */
  readonly cold?: Figures;
  readonly groups: readonly Group[];
  readonly notes: readonly string[];
}

export interface ReportOptions {
  /** Name of the contender that the others are held against. */
  readonly baseline: string;
  readonly seed: number;
  /** Of the protocol. */
  readonly notes: readonly string[];
  readonly groupings: readonly Grouping[];
  /** By user id; read for `groupings` only. */
  readonly users: ReadonlyMap<number, UserFacts>;
}

/** The same measurement and options give the same report. At least one window must have a history. */
export function reportOn(measurement: Measurement, options: ReportOptions): Report {
  const { k, windows } = measurement;
  const { baseline, seed } = options;
  const indexes = [...windows.keys()];
  const warm = indexes.filter((i) => !isCold(windows[i]!.test));
  const cold = indexes.filter((i) => isCold(windows[i]!.test));
  const figures = figuresOf(measurement, warm, baseline, seed);
  const facts = factsOf(measurement, figures, cold.length);
  const decides = warm.length >= decidingWindows;
  const lists = measurement.measured.map((_, model) => listFiguresOf(measurement, model, warm));
  return {
    ...{ k, facts, decides, figures, lists },
    ...(cold.length === 0 ? {} : { cold: figuresOf(measurement, cold, baseline, seed) }),
    groups: options.groupings.flatMap((by) => groupsBy(by, measurement, warm, options.users, baseline, seed)),
    notes: [...options.notes, ...notesOn(facts, lists, decides, k)],
  };
}

function factsOf({ k, windows }: Measurement, { users, n }: Figures, cold: number): ProtocolFacts {
  const given = windows.some(({ test }) => test.candidates !== undefined);
  return {
    ...{ ranked: given ? 'given candidates' : 'all films', seenRemoved: !given },
    recallDenominator: `min(${k}, films to be found)`,
    known: windows.some(({ test }) => test.text !== undefined) ? 'what they say' : 'history',
    ...{ testUsers: users, userWindows: n, cold },
    trainingInteractions: Array.from(new Set(windows.map(({ cut }) => cut)), ({ train }) => train.userOf.length),
  };
}

/** Who is tested, and what is known of them. */
export function testedText({ userWindows, testUsers, known }: ProtocolFacts): string {
  const windows = userWindows === testUsers ? '' : `${userWindows} user-windows of `;
  return `${windows}${testUsers} test users with ${known === 'history' ? 'a history' : 'a text'}`;
}

function notesOn(facts: ProtocolFacts, lists: readonly ListFigures[], decides: boolean, k: number): string[] {
  const { ranked, seenRemoved, recallDenominator, known, cold, trainingInteractions } = facts;
  const [fewest, most] = [Math.min(...trainingInteractions), Math.max(...trainingInteractions)];
  const training = fewest === most ? String(most) : `${fewest} to ${most}`;
  const met = known === 'history' ? 'films of the history' : 'films they name';
  const seen = seenRemoved ? `${met} are removed` : 'nothing is removed';
  const costs = Math.min(...lists.map(({ costKnown }) => costKnown));
  return [
    `${testedText(facts)}; ${training} interactions to train on`,
    `${ranked} are ranked, ${seen}; recall@${k} divides by ${recallDenominator}`,
    ...(cold > 0 ? [`${cold} test cases without a history got the fallback list; reported apart`] : []),
    ...(costs === 0 ? [`the licence fees of shown films are not known: no cost@${k}`] : []),
    ...(costs > 0 && costs < 1
      ? [`cost@${k} leaves out films of unknown fee, up to ${(100 - 100 * costs).toFixed(0)} % of the shown ones`]
      : []),
    ...(decides ? [] : [`fewer than ${decidingWindows} test cases: shown, but it decides nothing`]),
  ];
}

function listFiguresOf({ measured, films }: Measurement, model: number, which: readonly number[]): ListFigures {
  const { name, lists } = measured[model]!;
  const shown = which.map((i) => lists[i]!);
  const known = films.map(({ cost }) => cost !== null);
  const places = shown.reduce((sum, list) => sum + list.length, 0);
  const withCost = shown.reduce((sum, list) => sum + list.filter((film) => known[film]!).length, 0);
  return {
    model: name,
    coverage: coverage(shown, films.length),
    gini: gini(shown, films.length),
    costKnown: withCost / places,
  };
}
