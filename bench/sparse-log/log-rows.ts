/** What signal test and replay say of a log. */

import type { Interval } from '../../src/evaluate/bootstrap.js';
import { replayOf } from '../../src/evaluate/replay/replay.js';
import type { Log } from '../../src/evaluate/signal/meetings.js';
import { signalLine, signalOf } from '../../src/evaluate/signal/signal.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { figureRow, type Row } from '../harness/rows.js';

const seed = 1;

export function signalRows(name: string, log: Log): Row[] {
  const from = performance.now();
  const signal = signalOf(log, seed);
  const seconds = (performance.now() - from) / 1000;
  const note = signalLine(signal);
  return [
    figureRow({ name: `${name}: lift`, unit: 'of chance', ours: [signal.lift?.value ?? NaN], better: 'higher', note }),
    figureRow({ name: `${name}: time of the signal test`, unit: 's', ours: [seconds], bar: 5 }),
  ];
}

export function replayRows(interactions: Interactions): Row[] {
  const replay = replayOf(interactions, seed);
  if (replay === undefined) throw new Error('the watches are too few to be replayed');
  const { events, blocks, halfLife, allTime, decayed, difference } = replay;
  const row = (what: string, { value, low, high }: Interval, bar?: number): Row =>
    figureRow({
      ...{ name: `replay of the watches: ${what}`, unit: 'HR@20', ours: [value], better: 'higher', bar },
      note: `95 % between ${low.toFixed(4)} and ${high.toFixed(4)}, ${events} watches in ${blocks} blocks`,
    });
  return [
    row('popularity of all time', allTime),
    row('popularity that forgets', decayed),
    row(`what forgetting gains, a half-life of ${halfLife} watches at the end`, difference, 0.005),
  ];
}
