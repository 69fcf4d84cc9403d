/** What a request costs in each stage: profiles and clocks of all threads of a server, taken around a load. */

import { readdirSync, readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import type { BenchServer } from '../harness/server.js';
import { timeByStage, type ThreadLane } from './attribute.js';
import { threadMicroseconds, type Inspection } from './inspect.js';
import { OTHER_THREADS } from './stages.js';

/** CPU µs a request. */
export interface Cost {
  /** By stage; they sum to `whole`. */
  readonly stages: ReadonlyMap<string, number>;
  /** Over all threads. */
  readonly whole: number;
}

export interface Taken {
  readonly lane: ThreadLane;
  readonly thread: number;
  readonly profile: Profiler.Profile;
}

/** `load` returns how many requests it was. What taking profiles costs is left out. */
export async function costOf(server: BenchServer, load: () => Promise<number>): Promise<number> {
  const pid = server.process.pid!;
  const from = microsecondsByThread(pid);
  const requests = await load();
  const used = [...microsecondsByThread(pid)].map(([task, until]) => until - (from.get(task) ?? 0));
  return used.reduce((sum, time) => sum + time, 0) / requests;
}

/** Starts and stops while the server is idle, so that each sample belongs to a request of the load. */
export async function profiledCostOf(
  server: BenchServer,
  inspection: Inspection,
  load: () => Promise<number>,
): Promise<{ readonly cost: Cost; readonly taken: readonly Taken[] }> {
  const threads = await inspection.threads();
  for (const thread of threads) await thread.start();
  hurrySamplers(server.process.pid!);
  let requests = 0;
  const whole = await costOf(server, async () => (requests = await load()));
  const taken: Taken[] = [];
  const stages = new Map<string, number>();
  const add = (stage: string, cost: number): void => void stages.set(stage, (stages.get(stage) ?? 0) + cost);
  let rest = whole;
  for (const { lane, id, stop } of threads) {
    const stretch = await stop();
    if (stretch === undefined) continue;
    taken.push({ lane, thread: id, profile: stretch.profile });
    for (const [stage, time] of timeByStage(lane, stretch)) add(stage, time / requests);
    rest -= stretch.cpu / requests;
  }
  add(OTHER_THREADS, rest);
  return { cost: { stages, whole }, taken };
}

const tasksOf = (pid: number): string[] => readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`);
/** V8's sampling threads live as long as a profile is being taken. */
const isSampler = (task: string): boolean => readFileSync(`${task}/comm`, 'utf8').trim() === 'v8:ProfEvntProc';

/** All threads but the samplers. Finer than the ticks of the process. */
function microsecondsByThread(pid: number): Map<string, number> {
  const others = tasksOf(pid).filter((task) => !isSampler(task));
  return new Map(others.map((task) => [task, threadMicroseconds(task)]));
}

/**
 * A worker's sampler has the worker's low priority: on a busy machine it would come round when the cores are free, which is when
 * the worker sleeps. Only a privileged user may raise it.
 */
function hurrySamplers(pid: number): void {
  for (const task of tasksOf(pid).filter(isSampler)) {
    try {
      setPriority(Number(basename(task)), 0);
    } catch {
      return;
    }
  }
}
