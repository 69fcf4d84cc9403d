/** From a file of ratings to a measured model, by the commands that a team runs: import, train, evaluate. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { byForm, wholeBar } from './harness/form.js';
import { prepared } from './harness/prepared.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';
import { runCommand, type Cost } from './pipeline/command.js';
import { writeRatings, type RatingsShape } from './pipeline/ratings.js';

const shape: RatingsShape = byForm({
  short: { users: 3_000, films: 4_000, interactions: 50_000, seed: 1 },
  usual: { users: 60_000, films: 20_000, interactions: 1_000_000, seed: 1 },
});
const dimensions = '64';
const models = ['ials', 'linear'];

const RATINGS = 'ratings.csv';
const bench = 'bench-pipeline';

/** Each model from the beginning: the training takes the snapshot that the evaluation then finds. */
async function pipelineRows(model: string, folder: string): Promise<Row[]> {
  const home = mkdtempSync(join(folder, '..', 'run-'));
  const places = ['--data-dir', join(home, 'data')];
  const modelPlaces = [...places, '--models-dir', join(home, 'models')];
  const recipe = ['--model', model, '--dimensions', dimensions];
  try {
    const costs = {
      import: await runCommand(['import', ...places, join(folder, RATINGS)]),
      train: await runCommand(['train', ...modelPlaces, ...recipe]),
      evaluate: await runCommand(['evaluate', ...modelPlaces, ...recipe, '--protocol', 'time']),
    };
    return [
      totalRow(model, Object.values(costs)),
      ...Object.entries(costs).flatMap((each) => costRows(model, ...each)),
    ];
  } finally {
    rmSync(home, { recursive: true });
  }
}

function totalRow(model: string, costs: readonly Cost[]): Row {
  const seconds = costs.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
  return figureRow({
    ...{ name: `${model}: import, train and evaluate`, unit: 's', ours: [seconds], bar: wholeBar(60) },
    note: `${shape.interactions} interactions, d = ${dimensions}`,
  });
}

function costRows(model: string, command: string, { wallSeconds, cpuSeconds, peakBytes }: Cost): Row[] {
  const row = (what: string, unit: string, value: number): Row =>
    figureRow({ name: `${model}: ${command}, ${what}`, unit, ours: [value] });
  return [
    row('time', 's', wallSeconds),
    row('CPU time', 'CPU s', cpuSeconds),
    row('peak memory', 'MiB', peakBytes / 2 ** 20),
  ];
}

printMachine();
const folder = await prepared({
  ...{ bench, what: `${shape.interactions} ratings` },
  sources: ['bench/train/interactions.js', 'bench/pipeline/ratings.js'],
  shape: Object.values(shape),
  make: (part) => writeRatings(join(part, RATINGS), shape),
});
const rows: Row[] = [];
for (const model of models) rows.push(...(await pipelineRows(model, folder)));
reportRows('pipeline', rows);
