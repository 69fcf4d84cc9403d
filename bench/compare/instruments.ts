/** What is compared of two builds: scans, fold-ins, the computation of an answer, and served requests. */

import { chooseDriver } from '../harness/drive.js';
import { startServer } from '../harness/server.js';
import { here } from '../harness/sides.js';
import { serveWorld } from '../harness/world.js';
import { createFoldIn } from '../kernel/fold-in.js';
import { normalLoad, trainedLikeHistories, trainedLikeModel, trainedLoad } from '../kernel/loads.js';
import { createScan } from '../kernel/scan.js';
import { openComputation } from '../serve/compute.js';
import type { Instrument, Reading } from './protocol.js';

/** As many as a slab has lanes. */
const HISTORIES = 64;
/** So that a lap is long enough to be timed. */
const FOLD_REPEATS = 50;
const COMPUTED_BATCHES = 200;
/** wrk takes whole ones. */
const SERVED_SECONDS = 2;

export const instruments: Readonly<Record<string, () => Promise<Instrument>>> = {
  scan: () => {
    const loads = [
      { title: 'random normal', load: normalLoad() },
      { title: 'trained-like', load: trainedLoad(trainedLikeModel(), trainedLikeHistories(1024, 50)) },
    ];
    const works = loads.flatMap(({ title, load }) => {
      const { run } = createScan(load);
      return [1, 64].map((batch) => {
        return { name: `scan, ${title}, batch ${batch}`, units: load.seen.length, work: () => run(batch) };
      });
    });
    return kernelInstrument(works);
  },

  'fold-in': () => {
    const model = trainedLikeModel();
    const works = [20, 150].map((films) => {
      const { run } = createFoldIn(model, trainedLikeHistories(HISTORIES, films));
      return {
        name: `fold-in, ${films} films`,
        units: HISTORIES * FOLD_REPEATS,
        work: () => repeat(FOLD_REPEATS, run),
      };
    });
    return kernelInstrument(works);
  },

  computation: async () => {
    const { round, close } = openComputation(await serveWorld(20));
    const figure = { name: 'computation of an answer, batches of 64', unit: 'CPU µs', better: 'lower' } as const;
    return { lap: () => Promise.resolve([{ ...figure, value: round(COMPUTED_BATCHES) }]), close };
  },

  serve: async () => {
    const { drive } = chooseDriver();
    const { program } = await serveWorld(20);
    const server = await startServer(program);
    let seed = 0;
    const load = async (connections: number): Promise<Reading[]> => {
      const from = server.cpuMicroseconds();
      const { requests, seconds, failures } = await drive(server.url, connections, SERVED_SECONDS, ++seed);
      if (failures > 0) throw new Error(`${failures} of ${requests} requests failed at ${connections} connections`);
      const cpu = (server.cpuMicroseconds() - from) / requests;
      const name = `served, ${connections} connections`;
      return [
        { name, unit: 'CPU µs', better: 'lower', value: cpu },
        { name, unit: 'requests/s', better: 'higher', value: requests / seconds },
      ];
    };
    return { lap: async () => [...(await load(32)), ...(await load(128))], close: server.stop };
  },
};

interface Work {
  readonly name: string;
  /** Queries or histories in one call. */
  readonly units: number;
  /** Returns something computed from all results. */
  work(): number;
}

function kernelInstrument(works: readonly Work[]): Promise<Instrument> {
  const lap = async (): Promise<Reading[]> => {
    const readings: Reading[] = [];
    for (const { name, units, work } of works) {
      readings.push({ name, unit: 'CPU µs', better: 'lower', value: (await here(work)()).cpu / units });
    }
    return readings;
  };
  return Promise.resolve({ lap, close: () => Promise.resolve() });
}

function repeat(times: number, run: () => number): number {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += run();
  return sum;
}
