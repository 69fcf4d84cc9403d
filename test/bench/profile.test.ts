/** The profile's own figures: which stage a frame belongs to, what a sample is worth, and the documents made from a run. */

import { existsSync, readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { samplesByStage, timeByStage } from '../../bench/profile/attribute.js';
import { documentNow, documentWanted } from '../../bench/profile/document.js';
import { openSession } from '../../bench/profile/session.js';
import { ELSEWHERE, GARBAGE, SLEEPERS, STAGES, UNNAMED } from '../../bench/profile/stages.js';

interface Node {
  readonly name: string;
  readonly url?: string;
  readonly samples?: number;
  readonly calls?: readonly Node[];
}

/** A profile as V8 writes it: nodes in a flat list, children by number. */
function profileOf(calls: readonly Node[], interval: number): Profiler.Profile {
  const nodes: Profiler.ProfileNode[] = [];
  const add = ({ name, url = '', samples = 0, calls: below = [] }: Node): number => {
    const callFrame = { functionName: name, url, scriptId: '0', lineNumber: 0, columnNumber: 0 };
    const node: Profiler.ProfileNode = { id: nodes.length + 1, callFrame, hitCount: samples };
    nodes.push(node);
    node.children = below.map(add);
    return node.id;
  };
  add({ name: '(root)', calls });
  const total = nodes.reduce((sum, { hitCount = 0 }) => sum + hitCount, 0);
  return { nodes, startTime: 0, endTime: total * interval };
}

const source = (file: string): string => `file:///anywhere/dist/src/${file}.js`;
const kernel = (name: string, samples: number, calls: readonly Node[] = []): Node => ({
  ...{ name: `assembly/${name}`, url: 'wasm://wasm/1', samples, calls },
});

test('a frame belongs to the stage of its function, its file or its room, a native one to its caller', () => {
  const write = { name: '#write', url: source('serve/uws'), samples: 2, calls: [{ name: 'tryEnd', samples: 3 }] };
  const main = profileOf(
    [
      { name: '(idle)', samples: 50 },
      { name: '(program)', samples: 7 },
      { name: '(garbage collector)', samples: 1 },
      {
        name: 'answer',
        url: source('serve/uws'),
        samples: 4,
        calls: [{ name: 'parseUserId', url: source('world/user-id'), samples: 5 }],
      },
      { name: 'answer', url: source('engine/dispatcher'), calls: [write] },
      { name: 'runTask', url: 'file:///anywhere/node_modules/piscina/dist/index.js', samples: 6 },
      { name: 'listOnTimeout', url: 'node:internal/timers', samples: 8 },
    ],
    100,
  );
  expect(Object.fromEntries(samplesByStage('main', main))).toEqual({
    [GARBAGE]: 1,
    accept: 9,
    send: 5,
    'hand over': 6,
    [ELSEWHERE]: 8,
  });
  const inner = { name: 'helper', url: 'wasm://wasm/1', samples: 2 };
  const worker = profileOf(
    [kernel('scan/scan', 3, [inner, kernel('candidates/insert', 1)]), kernel('render/render', 4)],
    100,
  );
  expect([...samplesByStage('worker', worker)]).toEqual([
    ['scan', 6],
    ['render', 4],
  ]);
});

test('CPU time is shared out by samples; on the main thread what they leave of the clock has no name', () => {
  const send = { name: 'send', url: source('serve/uws'), samples: 10 };
  const main = profileOf([{ name: '(idle)', samples: 90 }, send], 100);
  expect(Object.fromEntries(timeByStage('main', { profile: main, cpu: 1500 }))).toEqual({ send: 1000, network: 500 });
  expect(Object.fromEntries(timeByStage('main', { profile: main, cpu: 800 }))).toEqual({ send: 800, network: 0 });
  // Asleep in its ring, a worker looks busy to V8.
  const wait = { name: 'sleep', url: source('engine/ring'), samples: 20 };
  const tell = { name: 'finish', url: source('engine/ring'), samples: 1 };
  const worker = profileOf([wait, tell, kernel('scan/scan', 9)], 100);
  const shared = timeByStage('worker', { profile: worker, cpu: 500 });
  expect(Object.fromEntries(shared)).toEqual({ [UNNAMED.worker]: 50, scan: 450 });
});

test('every frame that a stage names is there', () => {
  const frames = [...STAGES.flatMap((stage) => stage.frames), ...SLEEPERS];
  expect(frames.filter((frame) => !isThere(frame))).toEqual([]);
  expect(['engine/nowhere', 'engine/dispatcher:nothing', 'no-package'].filter(isThere)).toEqual([]);
});

function isThere(frame: string): boolean {
  const [place, name] = frame.split(':') as [string, string | undefined];
  if (place === 'node') return true;
  const file = ['src', ''].map((folder) => join(packageRoot, folder, `${place}.ts`)).find(existsSync);
  if (file !== undefined) return name === undefined || readFileSync(file, 'utf8').includes(`${name}(`);
  return ['src', 'node_modules'].some((folder) => existsSync(join(packageRoot, folder, place)));
}

test('an answer finds its command, an error its caller, and an ended session answers nothing', async () => {
  const sent: string[] = [];
  const events: unknown[] = [];
  const session = openSession(
    (message) => sent.push(message),
    (method, params) => events.push([method, params]),
  );
  const [first, second, third] = [session.send('A.a'), session.send('B.b', { x: 1 }), session.send('C.c')];
  expect(JSON.parse(sent[1]!)).toEqual({ id: 2, method: 'B.b', params: { x: 1 } });
  session.receive('{"method":"D.d","params":{"y":2}}');
  session.receive('{"id":2,"error":{"message":"no"}}');
  session.receive('{"id":1,"result":{"z":3}}');
  session.end();
  expect(events).toEqual([['D.d', { y: 2 }]]);
  expect(await first).toEqual({ z: 3 });
  await expect(second).rejects.toThrow('B.b: no');
  expect(await third).toBeUndefined();
  expect(await session.send('E.e')).toBeUndefined();
});

test('table and picture of docs/performance.md are those of bench/results/profile.json', () => {
  expect(documentNow()).toEqual(documentWanted());
});
