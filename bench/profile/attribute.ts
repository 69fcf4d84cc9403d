/** Shares a thread's CPU time out among the stages of a request, by where its profile found it. */

import type { Profiler } from 'node:inspector';
import { ELSEWHERE, GARBAGE, SLEEPERS, STAGES, UNNAMED, type Lane } from './stages.js';

export type ThreadLane = Exclude<Lane, 'beside'>;

/** What a thread did for a while. Times in µs, by the kernel's clock. */
export interface Stretch {
  readonly profile: Profiler.Profile;
  /** On a core, in user and system mode. */
  readonly cpu: number;
}

/**
 * CPU µs by stage; they sum to `cpu`.
 *
 * V8 interrupts the thread at regular intervals, also while it sleeps. On the main thread a sample stands for its part of the
 * wall time, and what the samples at work leave of the clock is time for which V8 has no name. A worker has next to none,
 * and waits for a core often, also within a stage: there the samples only give the proportions.
 */
export function timeByStage(lane: ThreadLane, { profile, cpu }: Stretch): Map<string, number> {
  const all = profile.nodes.reduce((sum, { hitCount = 0 }) => sum + hitCount, 0);
  const samples = samplesByStage(lane, profile);
  const working = Math.max(
    1,
    [...samples.values()].reduce((sum, count) => sum + count, 0),
  );
  const share = cpu / working;
  const interval =
    lane === 'worker' ? share : Math.min(share, (profile.endTime - profile.startTime) / Math.max(1, all));
  const times = new Map([...samples].map(([stage, count]) => [stage, count * interval]));
  const named = [...times.values()].reduce((sum, time) => sum + time, 0);
  return times.set(UNNAMED[lane], (times.get(UNNAMED[lane]) ?? 0) + cpu - named);
}

/** Self samples; those that found the thread asleep or in native code outside JavaScript are left out. */
export function samplesByStage(lane: ThreadLane, { nodes }: Profiler.Profile): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const samples = new Map<string, number>();
  const visit = ({ callFrame, hitCount = 0, children = [] }: Profiler.ProfileNode, caller?: string): void => {
    const keys = keysOf(callFrame);
    const key = keys.find((candidate) => stageOf[lane].has(candidate));
    const stage = key === undefined ? caller : stageOf[lane].get(key);
    const counted = stage ?? ELSEWHERE;
    if (hitCount > 0 && !keys.some((silent) => SILENT.has(silent))) {
      samples.set(counted, (samples.get(counted) ?? 0) + hitCount);
    }
    for (const child of children) visit(byId.get(child)!, stage);
  };
  visit(nodes[0]!);
  return samples;
}

const SILENT = new Set(['(root)', '(idle)', '(program)', ...SLEEPERS]);

const stageOf: Readonly<Record<ThreadLane, ReadonlyMap<string, string>>> = {
  main: stagesByFrame('main'),
  worker: stagesByFrame('worker'),
};

function stagesByFrame(lane: ThreadLane): Map<string, string> {
  const own = STAGES.filter((stage) => stage.lane === lane);
  const pairs = own.flatMap(({ name, frames }) => frames.map((frame) => [frame, name] as const));
  return new Map([...pairs, ['(garbage collector)', GARBAGE]]);
}

type Frame = Profiler.ProfileNode['callFrame'];

/** What the table of stages may call a frame, most exact first. */
function keysOf(frame: Frame): string[] {
  if (frame.url === '') return [frame.functionName];
  const { file, name } = placeOf(frame);
  return [`${file}:${name}`, file, file.split('/')[0]!];
}

/** Kernels carry file and function in one name. */
function placeOf({ functionName, url }: Frame): { readonly file: string; readonly name: string } {
  if (url.startsWith('wasm:')) {
    const slash = functionName.lastIndexOf('/');
    return { file: functionName.slice(0, Math.max(0, slash)), name: functionName.slice(slash + 1) };
  }
  const dependency = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1];
  const ours = /\/dist\/src\/(.+)\.js$/.exec(url)?.[1];
  return { file: dependency ?? ours ?? url, name: functionName };
}
