/** The ranking metrics against trec_eval, by way of the PyPI package ir-measures: random lists, equal to 1e-9. */

import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { unknownFilm } from '../../src/dataset/facts.js';
import { metricValues } from '../../src/evaluate/metrics/metrics.js';
import { caseOf, cutOf } from './example.js';

const python = process.env.MATINEE_PYTHON ?? 'python3';

function reasonToSkip(): string | undefined {
  try {
    execFileSync(python, ['-c', 'import ir_measures, pytrec_eval'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return (error as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1) ?? String(error);
  }
}

const reason = reasonToSkip();
if (reason !== undefined) console.log(`skipped: ${python} has no second opinion on the metrics (${reason})`);

const films = 60;
const { integer } = random(12);

/** Of any length from 0 (lists) or 1 (what is to be found) on, also beyond k. */
const someFilms = (least: number, most: number): number[] => {
  const chosen = new Set<number>();
  const count = least + integer(most - least + 1);
  while (chosen.size < count) chosen.add(integer(films));
  return [...chosen];
};
const questions = Array.from({ length: 300 }, () => ({ list: someFilms(0, 20), relevant: someFilms(1, 30) }));

const script = `
import json, sys, ir_measures
from ir_measures import *
k, questions = json.load(sys.stdin)
qrels = [ir_measures.Qrel(str(q), str(f), 1) for q, (_, relevant) in enumerate(questions) for f in relevant]
run = [(place, ir_measures.ScoredDoc(str(q), str(f), -place)) for q, (shown, _) in enumerate(questions) for place, f in enumerate(shown)]
measures = {"recall": R@k, "ndcg": nDCG@k, "hr": Success@k, "mrr": RR, "map": AP@k}
values = {name: [0.0] * len(questions) for name in measures}
for name, measure in measures.items():
    # trec_eval knows no reciprocal rank at k.
    shown = [doc for place, doc in run if name != "mrr" or place < k]
    for metric in ir_measures.pytrec_eval.iter_calc([measure], qrels, shown):
        values[name][int(metric.query_id)] = metric.value
json.dump(values, sys.stdout)
`;

test.skipIf(reason !== undefined).each([5, 20])('at %i they are what trec_eval says', async (k) => {
  const asked = promisify(execFile)(python, ['-c', script]);
  asked.child.stdin!.end(JSON.stringify([k, questions.map(({ list, relevant }) => [list, relevant])]));
  const theirs = JSON.parse((await asked).stdout) as Record<string, number[]>;

  const cut = cutOf(
    [[1, 0, 1000]],
    questions.map(({ relevant }, user) => caseOf(user, [], relevant)),
  );
  const lists = questions.map(({ list }) => Int32Array.from(list));
  const facts = Array.from({ length: films }, () => unknownFilm);
  const ours = metricValues(
    { ...cut, train: { ...cut.train, films: facts.map((_, i) => `film+${i}`) } },
    lists,
    facts,
    k,
  );
  for (const [name, values] of Object.entries(theirs)) {
    for (const [i, { relevant }] of questions.entries()) {
      // trec_eval divides recall and average precision by all that is relevant, ours by at most k of it.
      const all = name === 'recall' || name === 'map' ? Math.min(k, relevant.length) / relevant.length : 1;
      expect(Math.abs(ours.get(`${name}@${k}`)![i]! * all - values[i]!), `${name} of question ${i}`).toBeLessThan(1e-9);
    }
  }
});
