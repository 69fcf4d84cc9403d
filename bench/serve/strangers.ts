/** What answers to people without a history cost beside personal ones, without the service around them, in turn. */

import { byForm } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';
import { otherWorld } from '../harness/world.js';
import { openComputation, strangersOf } from './compute.js';

const BATCHES = byForm({ short: 50, usual: 400 });
const ROUNDS = 5;
const MIB = 2 ** 20;

export async function strangersRows(): Promise<Row[]> {
  const world = await otherWorld({ users: 20_000, strangers: 20_000 });
  const { round, bytes, close } = openComputation(world);
  const { telling, silent } = strangersOf(world);
  const [personal, told, mute]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i <= ROUNDS; i++) {
    const figures = [round(BATCHES), round(BATCHES, telling), round(BATCHES, silent)] as const;
    if (i === 0) continue; // warm now
    for (const [side, figure] of [personal, told, mute].entries()) figure.push(figures[side]!);
  }
  await close();
  const cost = { unit: 'CPU µs a request', peer: personal, note: 'peer: personal, histories of 20' };
  return [
    figureRow({ name: 'no history, but words: computation alone, batches of 64', ours: told, ...cost }),
    figureRow({ name: 'no history, no words: computation alone, batches of 64', ours: mute, ...cost }),
    figureRow({
      ...{ name: 'image for strangers, 178 columns', unit: 'MiB', ours: [bytes.cold / MIB] },
      ...{ peer: [(bytes.all - bytes.cold) / MIB], note: "peer: the model's own image, 64 columns" },
    }),
  ];
}
