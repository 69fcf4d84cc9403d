/** An iteration of iALS against one of `implicit`: in turn, from the same start, on two threads each, down to the same loss. */

import type { Side } from '../src/train/ials-plan.js';
import { byForm } from './harness/form.js';
import { PYTHON_MISSING, pythonIfPossible } from './harness/python.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Figure, type Row } from './harness/rows.js';
import type { Lap } from './harness/sides.js';
import { openPeerTrainer, type PeerTrainer } from './peers/als.js';
import { trainProblem, type TrainProblem } from './train/problem.js';
import { ourTrainer, type Trainer } from './train/trainer.js';

const THREADS = 2;
const WARM_UP = 1;
const { users, iterations } = byForm({
  short: { users: 13_849, iterations: 3 },
  usual: { users: 138_493, iterations: 7 },
  long: { users: 138_493, iterations: 15 },
});

type Iteration = Readonly<Record<Side, Lap>>;
type Duel = Readonly<Record<'ours' | 'peer', readonly Iteration[]>>;

async function iterate({ half }: Trainer): Promise<Iteration> {
  return { users: await half('users'), items: await half('items') };
}

async function duel(ours: Trainer, peer: Trainer): Promise<Duel> {
  const laps = { ours: [] as Iteration[], peer: [] as Iteration[] };
  for (let round = -WARM_UP; round < iterations; round++) {
    const [first, second] = [await iterate(ours), await iterate(peer)];
    if (round < 0) continue;
    laps.ours.push(first);
    laps.peer.push(second);
  }
  return laps;
}

/** Seconds of each iteration, of those sides of it and by that clock. */
const secondsOf = ({ ours, peer }: Duel, sides: readonly Side[], clock: keyof Lap) => {
  const of = (laps: readonly Iteration[]): number[] =>
    laps.map((lap) => sides.reduce((sum, side) => sum + lap[side][clock], 0) / 1e6);
  return { ours: of(ours), peer: of(peer) };
};

async function compare(problem: TrainProblem, peer: PeerTrainer): Promise<Row[]> {
  const ours = ourTrainer(problem, THREADS);
  try {
    const laps = await duel(ours, peer);
    const [loss, peerLoss] = [await peer.loss(await ours.factors()), await peer.loss(await peer.factors())];
    const row = (what: string, figure: Omit<Figure, 'name' | 'versions'>): Row =>
      figureRow({ name: `iALS training, ${THREADS} threads: ${what}`, versions: peer.versions, ...figure });
    const both = ['users', 'items'] as const;
    const note = `${problem.matrix.indices.length} interactions`;
    return [
      row('an iteration', { unit: 's', ...secondsOf(laps, both, 'wall'), bar: 0.85, note }),
      row('CPU time of an iteration', { unit: 'CPU s', ...secondsOf(laps, both, 'cpu') }),
      row('the half of the users', { unit: 's', ...secondsOf(laps, ['users'], 'wall') }),
      row('the half of the items', { unit: 's', ...secondsOf(laps, ['items'], 'wall') }),
      row('difference of the losses', {
        ...{ unit: 'of the loss', ours: [Math.abs(loss - peerLoss) / peerLoss], bar: 1e-3 },
        note: `ours ${loss.toPrecision(9)}, peer ${peerLoss.toPrecision(9)}`,
      }),
    ];
  } finally {
    await ours.close();
  }
}

async function measure(): Promise<[rows: Row[], leftOut: string[]]> {
  const python = pythonIfPossible();
  if (python === undefined) return [[], [`all rows: ${PYTHON_MISSING}`]];
  const problem = await trainProblem({ users, items: 27_278, dimensions: 64, seed: 1 });
  const peer = await openPeerTrainer(python, problem, THREADS);
  try {
    return [await compare(problem, peer), []];
  } finally {
    await peer.close();
  }
}

printMachine();
reportRows('train', ...(await measure()));
