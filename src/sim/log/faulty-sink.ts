/** A sink through which lines come late or twice, as the conditions of the moment say. */

import { drawsOf } from '../mix.js';
import type { LogConditions } from './log-conditions.js';
import type { Lines, LogSink } from './sink.js';

/**
 * Every append draws once, so that the same appends are doubled whatever else happens. What is withheld waits in memory, and
 * comes with the first append after the outage, or when the sink is closed.
 */
export function faultySink(inner: LogSink, conditions: Readonly<LogConditions>, seed: number): LogSink {
  const draws = drawsOf(seed, 'sink');
  let waiting: (readonly Lines[])[] = [];

  async function release(): Promise<void> {
    const released = waiting;
    waiting = [];
    for (const batches of released) await inner.append(batches);
  }

  return {
    append: async (batches) => {
      const times = draws.uniform() < conditions.duplicateBatchShare ? 2 : 1;
      if (conditions.withheld) {
        const copy = batches.map(({ bytes, ...lines }) => ({ ...lines, bytes: new Uint8Array(bytes) }));
        for (let time = 0; time < times; time++) waiting.push(copy);
        return;
      }
      await release();
      for (let time = 0; time < times; time++) await inner.append(batches);
    },
    close: async () => {
      await release();
      await inner.close();
    },
  };
}
