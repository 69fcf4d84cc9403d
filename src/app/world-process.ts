/**
 * The process of the simulated world: the site that the service of `matinee start` works for. It takes its orders from the
 * service's process, and ends with it.
 */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { unwrap } from '../core/errors.js';
import { faultOf } from '../core/fault.js';
import { openSim, type Sim } from './sim.js';
import { recall, remember } from './world-memory.js';
import type { FromWorld, ToWorld, WorldOrder, WorldStatus } from './world-messages.js';

/** A world that one can watch: an hour passes in a minute. */
const SPEED = 60;
/** Who may ever have an account, and who has one at first: some thirty sign up in an hour. */
const VIEWERS = 100_000;
const REGISTERED = 2_000;
const LINES_PER_SECOND = 10;
/** Users of imported data have lower ids. */
const FIRST_USER = 100_001;
/** It begins years ago, in the evening: its log must not run ahead of the clock, and the evening is when people watch. */
const PAST_DAYS = 1_000;
const DAY_MS = 86_400_000;
const EVENING_MS = 18 * 3_600_000;
/** After a stop, the world goes on this much later: what was said since it last remembered is not said again. */
const PAUSE_MS = 5 * 60_000;
const TELL_MS = 1_000;
/** Half a gigabyte in all: days of it. */
const SEGMENTS_MAX = 4;

assert(process.send !== undefined, 'this process is started by another');
const tell = (message: FromWorld): void => void process.send!(message);
const stopping = new AbortController();

// Ctrl-C reaches every process of the terminal: when this one ends, the service decides.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => {
  stopping.abort();
});
process.on('message', (message: ToWorld) => {
  if (message.kind === 'stop') stopping.abort();
});

try {
  const { order } = await told('open');
  await play(order);
} catch (error) {
  // Stopped before time began: nothing failed.
  if ((error as Error).name !== 'AbortError') tell({ kind: 'failed', fault: faultOf(error) });
}
if (process.connected) process.disconnect();

async function play({ seed, log, apiPort, memory }: WorldOrder): Promise<void> {
  const before = unwrap(recall(memory, seed));
  const runs = before?.runs ?? 0;
  const sim = unwrap(
    await openSim({
      ...{ seed, run: runs, viewers: VIEWERS, firstUser: FIRST_USER, registered: before?.registered ?? REGISTERED },
      ...{ linesPerSecond: LINES_PER_SECOND, edition: 2026, speed: SPEED, seconds: Infinity },
      ...{ log, segmentsMax: SEGMENTS_MAX, apiPort },
      startMs: before === undefined ? beginning() : before.timeMs + PAUSE_MS,
      ...{ scenario: undefined, truthFile: undefined, onAct: () => undefined },
    }),
  );
  sim.visitors.restore(before?.guests ?? []);
  const save = (): void => {
    const { timeMs, audience } = sim.site;
    const { registered } = audience;
    remember(memory, { seed, runs: runs + 1, timeMs, registered, guests: sim.visitors.guests() });
  };
  const telling = setInterval(() => {
    save();
    tell({ kind: 'status', status: statusOf(sim) });
  }, TELL_MS);
  try {
    save();
    const go = told('go');
    tell({ kind: 'opened', apiUrl: sim.apiUrl });
    await sim.run((await go).ask, stopping.signal);
    save();
  } finally {
    clearInterval(telling);
    await sim.close();
  }
}

function beginning(): number {
  return (Math.floor(Date.now() / DAY_MS) - PAST_DAYS) * DAY_MS + EVENING_MS;
}

function statusOf({ site, tally }: Sim): WorldStatus {
  const { lines, requests, shown, followed, satisfaction } = tally;
  const known = Number.isNaN(satisfaction) ? null : satisfaction;
  return { timeMs: site.timeMs, lines, requests, shown, followed, satisfaction: known };
}

/** The next message of the kind; throws an AbortError when it was stopped, before or meanwhile. */
async function told<K extends ToWorld['kind']>(kind: K): Promise<Extract<ToWorld, { kind: K }>> {
  for (;;) {
    const [message] = (await once(process, 'message', { signal: stopping.signal })) as [ToWorld];
    if (message.kind === kind) return message as Extract<ToWorld, { kind: K }>;
  }
}
