/** The ranking metrics by name, and each test user's value of every one. */

import type { Hits } from './hits.js';
import { hitRate } from './hit-rate.js';
import { ndcg } from './ndcg.js';
import { recall } from './recall.js';
import { reciprocalRank } from './reciprocal-rank.js';

const metrics = { recall, ndcg, hr: hitRate, mrr: reciprocalRank } as const;

/** Values by metric, e.g. `recall@20`, one a list. */
export function metricValues(lists: readonly Hits[], k: number): Map<string, Float64Array> {
  return new Map(Object.entries(metrics).map(([name, metric]) => [`${name}@${k}`, Float64Array.from(lists, metric)]));
}
