/** Shares a thread's CPU time out among the stages of a request, by where its profile found it. */

import type { Profiler } from 'node:inspector';
import { median } from '../harness/measure.js';
import { ELSEWHERE, GARBAGE, STAGES, UNNAMED, type Lane } from './stages.js';

export type ThreadLane = Exclude<Lane, 'beside'>;

/**
 * CPU µs by stage; they sum to `cpu`.
 *
 * V8 interrupts the thread at a fixed interval, also while it sleeps. A sample that finds it at work stands for one interval of
 * CPU time: while the thread has to wait for a core, its interrupts wait too and become one. Where the samples say less
 * than the kernel's clock, the rest is time for which V8 has no name. The stage of that rest holds what wakes the thread and
 * puts it to sleep, so its own samples, asleep or not, are not counted.
 */
export function timeByStage(lane: ThreadLane, profile: Profiler.Profile, cpu: number): Map<string, number> {
  const interval = median(profile.timeDeltas ?? []);
  const samples = samplesByStage(lane, profile);
  samples.delete(UNNAMED[lane]);
  const named = [...samples.values()].reduce((sum, count) => sum + count, 0) * interval;
  const scale = named > cpu ? cpu / named : 1;
  const times = new Map([...samples].map(([stage, count]) => [stage, count * interval * scale]));
  return times.set(UNNAMED[lane], cpu - named * scale);
}

/** Self samples; those that found the thread asleep or in native code outside JavaScript are left out. */
export function samplesByStage(lane: ThreadLane, { nodes }: Profiler.Profile): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const samples = new Map<string, number>();
  const visit = ({ callFrame, hitCount = 0, children = [] }: Profiler.ProfileNode, caller?: string): void => {
    const stage = stageOf(lane, callFrame) ?? caller;
    const counted = stage ?? ELSEWHERE;
    if (hitCount > 0 && !SILENT.has(callFrame.functionName)) {
      samples.set(counted, (samples.get(counted) ?? 0) + hitCount);
    }
    for (const child of children) visit(byId.get(child)!, stage);
  };
  visit(nodes[0]!);
  return samples;
}

const SILENT = new Set(['(root)', '(idle)', '(program)']);

type Frame = Profiler.ProfileNode['callFrame'];

function stageOf(lane: ThreadLane, frame: Frame): string | undefined {
  if (frame.functionName === '(garbage collector)') return GARBAGE;
  const { file, name } = placeOf(frame);
  const found = [`${file}:${name}`, file, file.split('/')[0]!].find((key) => stageOfKey[lane].has(key));
  return found === undefined ? undefined : stageOfKey[lane].get(found);
}

const stageOfKey: Readonly<Record<ThreadLane, ReadonlyMap<string, string>>> = {
  main: keysOf('main'),
  worker: keysOf('worker'),
};

function keysOf(lane: ThreadLane): Map<string, string> {
  return new Map(
    STAGES.filter((stage) => stage.lane === lane).flatMap(({ name, frames }) => frames.map((key) => [key, name])),
  );
}

/** Where a frame comes from, spelt as the table of stages does. Kernels carry file and function in one name. */
function placeOf({ functionName, url }: Frame): { readonly file: string; readonly name: string } {
  if (url.startsWith('wasm:')) {
    const slash = functionName.lastIndexOf('/');
    return { file: functionName.slice(0, Math.max(0, slash)), name: functionName.slice(slash + 1) };
  }
  const dependency = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1];
  const ours = /\/dist\/src\/(.+)\.js$/.exec(url)?.[1];
  return { file: dependency ?? ours ?? url, name: functionName };
}
