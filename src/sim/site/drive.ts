/**
 * Plays a site against the outside, at a pace: lines go to the log, requests to the recommender, and each answer back to the
 * site in the world second in which it is due.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Recommender } from '../grader/grader.js';
import type { LogSink } from '../log/sink.js';
import type { Ask, Played, Site } from './site.js';

export interface DriveParts {
  readonly site: Site;
  readonly recommender: Recommender;
  readonly sink: LogSink;
  /** World seconds a second; Infinity: as fast as it goes. */
  readonly speed: number;
  /** World seconds to play; Infinity: until `signal`. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Before each second is played. */
  readonly before?: (() => void | Promise<void>) | undefined;
  /** After each second, when its lines are in the log. */
  readonly after: (played: Played, answers: readonly Answered[]) => void;
}

/** What came back for an ask. */
export interface Answered {
  readonly user: string;
  readonly answer: Answer;
}

interface Pending {
  readonly ask: Ask;
  readonly answer: Promise<Answer>;
}

/** A world that has caught up with the clock goes on with it: a log of tomorrow would not be believed. */
const CLOCK_MS = 1000;
/** A world that has fallen behind by more, because the machine was busy, does not hurry to catch up. */
const BEHIND_MS_MAX = 2000;

/** Ends with `seconds` or `signal`. Rejects with what the log cannot take. */
export async function drive({ site, recommender, sink, ...parts }: DriveParts): Promise<void> {
  const { speed, seconds, signal } = parts;
  const end = site.second + seconds;
  const pending: Pending[] = [];
  const pace = createPace(site.second, speed, signal);
  while (!signal.aborted && site.second < end) {
    await parts.before?.();
    const answers: Answered[] = [];
    while (pending[0] !== undefined && pending[0].ask.dueSecond <= site.second + 1) {
      const { ask, answer } = pending.shift()!;
      answers.push({ user: ask.user, answer: await answer });
      site.answer(ask.ticket, answers.at(-1)!.answer);
    }
    const played = site.advance();
    for (const ask of played.asks) pending.push({ ask, answer: recommender.ask(ask.user) });
    await sink.append(played.batches);
    parts.after(played, answers);
    await pace(site.second);
    if (speed !== Infinity && site.timeMs > Date.now()) await pause(CLOCK_MS, signal);
  }
  // Nobody will see these answers, but whoever was asked is heard out.
  await Promise.all(pending.map(({ answer }) => answer));
}

/** Resolves when the second has passed on the clock of this machine. */
function createPace(from: number, speed: number, signal: AbortSignal): (second: number) => Promise<void> {
  let started = performance.now();
  return async (second) => {
    const aheadMs = started + ((second - from) * 1000) / speed - performance.now();
    if (aheadMs < -BEHIND_MS_MAX && speed !== Infinity) started -= aheadMs;
    if (aheadMs > 0) await pause(aheadMs, signal);
    // Answers have to come in, however fast the world is.
    else await new Promise(setImmediate);
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
