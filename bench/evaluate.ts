/** What an evaluation takes on a log of twenty million interactions: one cut in time, the model and both popularities. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { byForm } from './harness/form.js';
import { prepared } from './harness/prepared.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';
import { runCommand } from './pipeline/command.js';
import { writeRatings, type RatingsShape } from './pipeline/ratings.js';

/** That of MovieLens 20M, less what none of its users may have. */
const shape: RatingsShape = byForm({
  short: { users: 3_000, films: 4_000, interactions: 50_000, seed: 1 },
  usual: { users: 138_493, films: 27_278, interactions: 19_500_000, seed: 1 },
});
const bench = 'bench-evaluate';

/** Imported once: what is measured is the evaluation, which takes its snapshot itself. */
const folder = await prepared({
  ...{ bench, what: `${shape.interactions} interactions`, shape: Object.values(shape) },
  sources: ['bench/pipeline/ratings.js', 'bench/train/interactions.js'],
  make: async (into) => {
    const path = join(into, 'ratings.csv');
    writeRatings(path, shape);
    await runCommand(['import', '--data-dir', join(into, 'data'), path]);
    rmSync(path);
  },
});

printMachine();
const home = mkdtempSync(join(folder, '..', 'run-'));
const rows: Row[] = [];
try {
  const places = ['--data-dir', join(folder, 'data'), '--models-dir', join(home, 'models')];
  for (const model of ['popularity', 'linear']) {
    const { wallSeconds, cpuSeconds, peakBytes } = await runCommand([
      'evaluate',
      ...places,
      '--model',
      model,
      '--protocol',
      'time',
    ]);
    const note = `${shape.interactions} interactions of ${shape.users} users`;
    const row = (what: string, unit: string, value: number): Row =>
      figureRow({ name: `${model}: ${what}`, unit, ours: [value], note });
    rows.push(row('time', 's', wallSeconds), row('CPU time', 'CPU s', cpuSeconds));
    rows.push(row('peak memory', 'MiB', peakBytes / 2 ** 20));
  }
} finally {
  rmSync(home, { recursive: true });
}
reportRows('evaluate', rows);
