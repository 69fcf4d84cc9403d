/** A small site with tastes, lists and days and nights, and what its log says, line by line. */

import type { FaultRates } from '../../src/sim/log/fault-rates.js';
import type { FaultTruth } from '../../src/sim/log/spoiler.js';
import type { Conditions } from '../../src/sim/site/conditions.js';
import { Site } from '../../src/sim/site/site.js';
import type { AnswerTruth } from '../../src/sim/site/truth.js';
import { createSimWorld } from '../../src/sim/world.js';

export const world = createSimWorld({ seed: 1, films: 400, users: 2_000 });

/** A Wednesday. */
export const evening = Date.UTC(2026, 7, 26, 20);
const HOUR = 3_600;

export interface LivelyOptions {
  readonly seed?: number;
  readonly hours: number;
  readonly startMs?: number;
  readonly linesPerSecond?: number;
  readonly partitions?: number;
  readonly conditions?: Partial<Conditions>;
  readonly faults?: FaultRates | 'none';
  /** Film indexes, best first, for each ask; nothing unless given. */
  readonly listFor?: (user: number) => readonly number[];
}

export interface Lived {
  /** By partition; latin1, one character a byte. */
  readonly lines: readonly string[][];
  readonly truths: readonly AnswerTruth[];
  readonly faults: readonly FaultTruth[];
}

export function live({ hours, listFor = () => [], conditions, faults: rates = 'none', ...rest }: LivelyOptions): Lived {
  const { seed = 7, startMs = evening, linesPerSecond = 5, partitions = 1 } = rest;
  const faults: FaultTruth[] = [];
  const options = { seed, startMs, linesPerSecond, partitions, onFault: (truth: FaultTruth) => faults.push(truth) };
  const site = new Site(world, { ...options, ratingScale: 5, life: 'lively' });
  Object.assign(site.conditions, conditions);
  site.lines.faults = rates;

  const lines: string[][] = Array.from({ length: partitions }, () => []);
  const truths: AnswerTruth[] = [];
  while (site.second < hours * HOUR) {
    const played = site.advance();
    for (const { partition, bytes, count } of played.batches) {
      if (count > 0) lines[partition]!.push(...Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1));
    }
    truths.push(...played.truths);
    for (const { ticket, user } of played.asks) {
      const films = listFor(Number(user));
      site.answer(ticket, {
        status: 200,
        result: films.map((film) => world.ids[film]!).join(', '),
        latencyMs: 5,
        films,
      });
    }
  }
  return { lines, truths, faults };
}

export interface Event {
  readonly kind: 'watch' | 'rate';
  readonly hour: number;
  readonly user: number;
  /** Index. */
  readonly film: number;
  /** Minute, or rating. */
  readonly value: number;
}

const SHAPE = /^\d{4}-\d\d-\d\dT(\d\d)[^,]*,(\d+),GET \/(?:data\/m\/([^/]+)\/(\d+)\.mpg|rate\/([^=]+)=(\d+))$/;

/** Of a log without faults: what was watched and rated, in order. */
export function eventsOf(lines: readonly string[]): Event[] {
  return lines.flatMap((line): Event[] => {
    const match = SHAPE.exec(line);
    if (match === null) return [];
    const [, hour, user, watched, minute, rated, rating] = match;
    return [
      {
        ...{ kind: watched === undefined ? 'rate' : 'watch', hour: Number(hour), user: Number(user) },
        ...{ film: world.indexOf((watched ?? rated)!)!, value: Number(minute ?? rating) },
      },
    ];
  });
}
