/** Closed-loop load from outside: wrk where it is installed, otherwise autocannon. */

import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { packageRoot } from '../../src/core/package.js';
import { random } from '../../src/core/random.js';
import { bucketOf, latencyHistogram, quantile } from '../../src/observe/latency-histogram.js';
import { USERS } from './world.js';

export interface Driven {
  readonly requests: number;
  readonly seconds: number;
  /** Answers other than 200 (with wrk's `drive`: above 399), broken connections, time-outs. */
  readonly failures: number;
  /** Latencies in seconds; autocannon's without its first second. */
  readonly p99: number;
  readonly worst: number;
}

/** `users`: those of the standard world when absent. */
export type Drive = (
  url: string,
  connections: number,
  seconds: number,
  seed: number,
  users?: number,
) => Promise<Driven>;

export interface Driver {
  /** The report says which: autocannon takes as much CPU as the server does, wrk a third of that. */
  readonly name: string;
  readonly drive: Drive;
  /** Looks at every status, at the cost of some CPU: wrk itself takes all below 400 for successes. */
  readonly driveCounting: Drive;
}

export function chooseDriver(): Driver {
  const installed = spawnSync('wrk', ['--version']).error === undefined;
  return installed
    ? { name: 'wrk', drive: wrk(), driveCounting: wrk('statuses') }
    : { name: 'autocannon', drive: driveAutocannon, driveCounting: driveAutocannon };
}

const script = join(packageRoot, 'bench/harness/users.lua');
const run = promisify(execFile);

const wrk = (...words: readonly string[]): Drive => {
  return async (url, connections, seconds, seed, users = USERS) => {
    const shape = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '-s', script];
    const { stdout } = await run('wrk', [...shape, url, '--', String(users), String(seed), ...words]);
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as Driven;
  };
};

/** Start-up of autocannon's own: up to a second at 128 connections with any server. */
const WARM_MS = 1000;

/** Counts every answer that is not 200, and times those to requests that were sent after the first second. */
export async function driveAutocannon(
  url: string,
  connections: number,
  seconds: number,
  seed: number,
  users = USERS,
): Promise<Driven> {
  const { integer } = random(seed);
  const requests = Array.from({ length: 1000 }, () => ({ path: `/recommend/${1 + integer(users)}` }));
  const latencies = latencyHistogram();
  let other = 0;
  const started = performance.now();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon({ url, connections, duration: seconds, requests }, (error, value) => {
      if (error === null) resolve(value);
      else reject(error as Error);
    });
    running.on('response', (_client, status, _bytes, milliseconds) => {
      if (status !== 200) other++;
      if (performance.now() - milliseconds > started + WARM_MS) latencies[bucketOf(milliseconds / 1000)]!++;
    });
  });
  const failures = other + result.errors + result.timeouts;
  const latency = (q: number): number => quantile(latencies, q) ?? 0;
  return {
    ...{ requests: result.requests.total, seconds: result.duration, failures },
    ...{ p99: latency(0.99), worst: latency(1) },
  };
}
