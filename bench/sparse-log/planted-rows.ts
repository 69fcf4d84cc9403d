/** What the signal test finds in logs of which the truth is known: how often, and what it would be worth. */

import { signalOf } from '../../src/evaluate/signal/signal.js';
import { byForm, wholeBar } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';
import { bestPossible, plantedLog } from './planted.js';

/** The real log's, as far as it decides: users with two films or more, and films. */
const { users, films, seeds, plainSeeds, asked } = byForm({
  short: { users: 5_000, films: 2_000, seeds: 2, plainSeeds: 2, asked: 200 },
  usual: { users: 80_000, films: 25_000, seeds: 3, plainSeeds: 20, asked: 20_000 },
  long: { users: 80_000, films: 25_000, seeds: 20, plainSeeds: 100, asked: 40_000 },
});

const shares = [0.1, 0.2, 0.3, 0.4, 0.5];

export function plantedRows(): Row[] {
  return [plainRow(), ...shares.flatMap(rowsOf)];
}

/** Popularity alone. */
function plainRow(): Row {
  const none = seedsTo(plainSeeds).map((seed) =>
    signalOf(plantedLog({ users, films, share: 0, seed }), seed).verdict === 'none' ? 1 : 0,
  );
  return figureRow({
    ...{ name: 'no taste planted: called none', unit: 'of the logs', ours: [mean(none)], better: 'higher' },
    ...{ bar: wholeBar(0.95), note: `${plainSeeds} logs of ${users} users` },
  });
}

function rowsOf(share: number): Row[] {
  const rounds = seedsTo(seeds).map((seed) => {
    const log = plantedLog({ users, films, share, seed });
    return { signal: signalOf(log, seed), hitRate: bestPossible(log, share, asked) };
  });
  const found = mean(rounds.map(({ signal }) => (signal.verdict === 'measurable' ? 1 : 0)));
  const gain = rounds.map(({ hitRate }) => hitRate.best - hitRate.popularity);
  const popularity = mean(rounds.map(({ hitRate }) => hitRate.popularity));
  const row = (what: string, unit: string, ours: readonly number[], note: string): Row =>
    figureRow({ name: `taste in ${100 * share} % of the choices: ${what}`, unit, ours, better: 'higher', note });
  return [
    row(
      'lift',
      'of chance',
      rounds.map(({ signal }) => signal.lift!.value),
      `${seeds} logs of ${users} users`,
    ),
    row('called measurable', 'of the logs', [found], `${seeds} logs`),
    row('most that HR@20 can gain', 'HR@20', gain, `above popularity's ${popularity.toFixed(3)}`),
  ];
}

const seedsTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
