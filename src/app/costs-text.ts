/** What models cost, in Markdown: the figures, and for each the metric, the data and how it was measured. */

import { cpus, loadavg } from 'node:os';
import { markdownTable } from '../evaluate/markdown.js';
import type { ModelCosts } from './costs.js';

interface Quality {
  readonly name: string;
  readonly metric: string;
  readonly data: string;
  readonly operationalisation: string;
  /** Columns of the table; absent for what the tables above have. */
  readonly columns?: Readonly<Record<string, (costs: ModelCosts) => string>>;
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

const qualities: readonly Quality[] = [
  {
    name: 'accuracy',
    metric: 'Recall and nDCG of the first 20 places, their differences from popularity and from the best',
    data: 'the snapshot, cut as each section says',
    operationalisation:
      'trained anew at each cut; lists by the engine that serves, over all films, seen ones removed; bootstrap over users',
  },
  {
    name: 'training',
    metric: 'wall seconds, CPU seconds of all threads, most memory resident',
    data: 'all interactions of the snapshot',
    operationalisation:
      'one process a model; with the columns for strangers; time without reading the data, memory with the data and Node, which the row of popularity shows',
    columns: {
      'training s': ({ trainSeconds }) => trainSeconds.toFixed(2),
      'CPU s': ({ trainCpuSeconds }) => trainCpuSeconds.toFixed(2),
      'peak MiB': ({ peakBytes }) => mebibytes(peakBytes),
    },
  },
  {
    name: 'inference',
    metric: 'CPU µs an answer over all threads, answers a second',
    data: 'users of the state in turn, with their histories',
    operationalisation:
      'the engine with one scoring thread in the process of the training, 128 asked at a time, 1 s after a warm-up, without HTTP',
    columns: {
      'CPU µs an answer': ({ answerCpuMicros }) => answerCpuMicros.toFixed(1),
      'answers/s': ({ answersPerSecond }) => answersPerSecond.toFixed(0),
    },
  },
  {
    name: 'size',
    metric: 'MiB on disk, MiB in memory',
    data: 'the version trained',
    operationalisation:
      'files of a registry that holds it alone; its images in shared memory, that for strangers and views of all policies included',
    columns: {
      'disk MiB': ({ diskBytes }) => mebibytes(diskBytes),
      'memory MiB': ({ imageBytes }) => mebibytes(imageBytes),
    },
  },
];

export function costsText(costs: readonly ModelCosts[]): string {
  const columns = Object.entries(Object.assign({}, ...qualities.map((quality) => quality.columns ?? {})) as Columns);
  const [processor] = cpus();
  return [
    '## What they cost',
    `Measured with Node ${process.versions.node} on ${cpus().length} × ${processor?.model.trim() ?? 'an unknown processor'}, load average ${loadavg()[0]!.toFixed(1)}: time suffers from what else runs, CPU time hardly.`,
    markdownTable(
      ['model', ...columns.map(([name]) => name)],
      costs.map((one) => [one.model, ...columns.map(([, cell]) => cell(one))]),
    ),
    '## What was measured, and how',
    markdownTable(
      ['quality', 'metric', 'data', 'operationalisation'],
      qualities.map(({ name, metric, data, operationalisation }) => [name, metric, data, operationalisation]),
    ),
  ].join('\n\n');
}

type Columns = NonNullable<Quality['columns']>;
