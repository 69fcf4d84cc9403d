/** The simulated viewers against the users of MovieLens: who watches how much, of what, and which genres go together. */

import { bundledCatalogue } from '../src/sim/catalogue/bundled.js';
import { createSimWorld } from '../src/sim/world.js';
import type { Watched } from '../src/sim/viewers/fidelity.js';
import { byForm, short } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';
import { halves, movieLens, simulate } from './sim-fidelity/choices.js';
import { distances } from './sim-fidelity/distances.js';
import { writePlots } from './sim-fidelity/plots.js';

const SEEDS = byForm({ short: [1], usual: [1, 2, 3, 4, 5] });
/** As many as MovieLens has, and more. */
const [FEW, MANY] = [671, byForm({ short: 1_000, usual: 5_000 })];

printMachine();
const real = movieLens();
const filmsEach = Math.round(real.films.reduce((sum, list) => sum + list.length, 0) / real.films.length);
const known = bundledCatalogue();

const viewersOf = (seed: number, viewers: number): Watched =>
  simulate(createSimWorld({ seed, films: known.length, users: 2 * viewers, known }), viewers, filmsEach);

/** @param pairs one a round, of which the first is measured against the second */
function rowsOf(who: string, pairs: readonly (readonly [Watched, Watched])[], judged: boolean): Row[] {
  const rounds = pairs.map(([a, b]) => distances(a, b));
  return rounds[0]!.map(({ name, unit, better, bar }, i) =>
    figureRow({
      ...{ name: `${who}: ${name}`, unit, better, bar: judged ? bar : undefined },
      ours: rounds.map((round) => round[i]!.value),
    }),
  );
}

const few = SEEDS.map((seed) => viewersOf(seed, FEW));
const many = SEEDS.map((seed) => viewersOf(seed, MANY));
const against = (simulated: Watched): readonly [Watched, Watched] => [simulated, real];
const rows = [
  ...rowsOf(`${FEW} viewers`, few.map(against), true),
  ...rowsOf(`${MANY} viewers`, many.map(against), true),
  ...rowsOf(
    'half of MovieLens against the other',
    SEEDS.map((seed) => halves(real, seed)),
    false,
  ),
];
reportRows('sim-fidelity', rows);
if (!short) writePlots(real, few[0]!, many[0]!);
