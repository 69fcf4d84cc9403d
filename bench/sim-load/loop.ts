/**
 * The whole loop under load, as real processes: `matinee sim run` writes a log directory and asks, `matinee serve` reads the log
 * and answers. What is counted stands in the log; what it costs is asked of the system.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { byForm, wholeBar } from '../harness/form.js';
import { figureRow, type Figure, type Row } from '../harness/rows.js';
import { answeredWell, linesBetween, placesIn, type Counted } from './log-window.js';
import { startLoop, type RunningLoop } from './processes.js';

/** World seconds a second: in real time the evening, with its constant audience, would have to be waited for. */
const SPEED = 20;
/** Of world time, in the evening; what is asked follows from it. */
const LINES_PER_WORLD_SECOND = 340;
const VIEWERS = 50_000;
/** Until those who came when the site opened have begun to leave: forty minutes of world time. */
const WARM_UP_SECONDS = byForm({ short: 20, usual: 120 });
const SECONDS = byForm({ short: 20, usual: 600 });
const SAMPLE_MS = 1_000;

interface Sample {
  /** Lines in the log that are not in the state. */
  readonly lag: number;
  readonly serviceBytes: number;
  readonly siteBytes: number;
}

interface Held {
  readonly seconds: number;
  readonly counted: Counted;
  readonly samples: readonly Sample[];
  /** Share of one core. */
  readonly serviceCpu: number;
  readonly siteCpu: number;
}

async function hold(loop: RunningLoop): Promise<Held> {
  const cpu = () => ({ service: loop.service.cpuMicroseconds(), site: loop.site.cpuMicroseconds() });
  await sleep(WARM_UP_SECONDS * 1000);
  const from = { places: placesIn(loop.log), cpu: cpu(), at: performance.now() };
  const samples: Sample[] = [];
  for (let due = from.at + SAMPLE_MS; due <= from.at + SECONDS * 1000; due += SAMPLE_MS) {
    await sleep(Math.max(0, due - performance.now()));
    samples.push({
      lag: await loop.lag(),
      serviceBytes: loop.service.anonymousBytes(),
      siteBytes: loop.site.anonymousBytes(),
    });
  }
  const to = { places: placesIn(loop.log), cpu: cpu(), at: performance.now() };
  const micros = (to.at - from.at) * 1000;
  return {
    seconds: micros / 1e6,
    counted: await linesBetween(from.places, to.places),
    samples,
    serviceCpu: (to.cpu.service - from.cpu.service) / micros,
    siteCpu: (to.cpu.site - from.cpu.site) / micros,
  };
}

function rowsOf({ seconds, counted, samples, ...cpu }: Held): Row[] {
  const { lines, requests } = counted;
  const note = `${seconds.toFixed(0)} s, ${lines} lines, ${requests.length} requests`;
  const row = (what: string, unit: string, value: number, rest: Partial<Figure> = {}): Row =>
    figureRow({ name: `the loop: ${what}`, unit, ours: [value], note, ...rest });
  const more = { better: 'higher' } as const;
  const most = (of: (sample: Sample) => number): number => Math.max(...samples.map(of));
  const latencies = requests.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const quantile = (q: number): number => latencies[Math.ceil(q * latencies.length) - 1] ?? NaN;
  return [
    row('lines written', 'lines/s', lines / seconds, { ...more, bar: wholeBar(5_000) }),
    row('requests', 'requests/s', requests.length / seconds, { ...more, bar: wholeBar(50) }),
    row('answered 200 within 600 ms', '%', (100 * requests.filter(answeredWell).length) / requests.length, {
      ...more,
      bar: wholeBar(99),
    }),
    row('p50 as the site measures it', 'ms', quantile(0.5)),
    row('p99 as the site measures it', 'ms', quantile(0.99)),
    row('CPU of the service, ingest included', '% of a core', 100 * cpu.serviceCpu),
    row('CPU of the simulated site', '% of a core', 100 * cpu.siteCpu),
    row('lines not yet in the state, at the end', 'lines', samples.at(-1)!.lag),
    row(
      'lines not yet in the state, most',
      'lines',
      most(({ lag }) => lag),
    ),
    row('anonymous memory of the service, most', 'MB', most(({ serviceBytes }) => serviceBytes) / 1e6),
    row('anonymous memory of the simulated site, most', 'MB', most(({ siteBytes }) => siteBytes) / 1e6),
  ];
}

export async function measureLoop(): Promise<readonly Row[]> {
  const loop = await startLoop({ speed: SPEED, linesPerSecond: LINES_PER_WORLD_SECOND, viewers: VIEWERS });
  try {
    return rowsOf(await hold(loop));
  } finally {
    await loop.stop();
  }
}
