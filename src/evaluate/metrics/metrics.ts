/** The metrics of single lists by name, and their values for the lists of one cut. */

import type { FilmFacts } from '../../dataset/facts.js';
import type { Cut, TestCase } from '../cases.js';
import { averagePrecision } from './average-precision.js';
import { calibration } from './calibration.js';
import { diversity } from './diversity.js';
import { hitRate } from './hit-rate.js';
import { hitsOf, type Hits } from './hits.js';
import { licenceCost } from './licence-cost.js';
import { ndcg } from './ndcg.js';
import { novelty, selfInformation } from './novelty.js';
import { recall } from './recall.js';
import { reciprocalRank } from './reciprocal-rank.js';

/** One list, and what a metric may hold against it. */
interface Answered {
  readonly test: TestCase;
  /** Dense films, best first, at most k. */
  readonly list: Int32Array;
  readonly hits: Hits;
  /** Of each dense film. */
  readonly films: readonly FilmFacts[];
  /** Of each dense film, in bits. */
  readonly information: Float64Array;
}

/** NaN where the list has no such value. */
type Metric = (answered: Answered) => number;

const metrics: Readonly<Record<string, Metric>> = {
  recall: ({ hits }) => recall(hits),
  ndcg: ({ hits }) => ndcg(hits),
  hr: ({ hits }) => hitRate(hits),
  mrr: ({ hits }) => reciprocalRank(hits),
  map: ({ hits }) => averagePrecision(hits),
  novelty: ({ list, information }) => novelty(list, information),
  diversity: ({ list, films }) => diversity(list, films),
  calibration: ({ list, test, films }) => calibration(list, test.history, films),
  cost: ({ list, films }) => licenceCost(list, films),
};

/** Values by metric, e.g. `recall@20`, one a case. */
export function metricValues(
  { cases, train }: Cut,
  lists: readonly Int32Array[],
  films: readonly FilmFacts[],
  k: number,
): Map<string, Float64Array> {
  const information = selfInformation(train);
  const answered = cases.map((test, i): Answered => {
    const list = lists[i]!;
    return { test, list, hits: hitsOf(list, test.relevant, k), films, information };
  });
  return new Map(
    Object.entries(metrics).map(([name, metric]) => [`${name}@${k}`, Float64Array.from(answered, metric)]),
  );
}
