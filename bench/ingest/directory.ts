/** A log directory into a state, by one process: how fast, into what, and in how much memory. */

import type { State } from '../../src/store/state.js';
import { byForm, wholeBar } from '../harness/form.js';
import { median } from '../harness/measure.js';
import { figureRow, type Row } from '../harness/rows.js';
import { inDataFolder } from './data-folder.js';
import { catalogueOnly, madeLog } from './log.js';
import { countsOf, inState, rateOf, runIngest, type IngestRun } from './run.js';

const LINES = byForm({ short: 400_000, usual: 20_000_000 });
const ROUNDS = byForm({ short: 1, usual: 1, long: 3 });

interface Touched {
  readonly users: number;
  readonly films: number;
  readonly viewings: number;
}

export interface DirectoryFigures {
  readonly rows: readonly Row[];
  /** Lines a second of each round. */
  readonly rates: readonly number[];
}

export async function measureDirectory(): Promise<DirectoryFigures> {
  const [log, catalogue] = [await madeLog(LINES), await catalogueOnly()];
  const runs: IngestRun[] = [];
  let touched: Touched | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    await inDataFolder(catalogue, async (folder) => {
      runs.push(await runIngest(folder, log.source));
      touched = await inState(folder, touchedIn);
    });
  }
  const rates = runs.map(rateOf);
  const rows = [rateRow(runs[0]!, rates), ...touchedRows(touched!), ...memoryRows(runs)];
  return { rows, rates };
}

function touchedIn(state: State): Touched {
  const { users, films, interactions } = state.stats();
  return { users, films: state.viewers.counts(films).filter((count) => count > 0).length, viewings: interactions };
}

function rateRow({ report }: IngestRun, rates: readonly number[]): Row {
  const { lines, held, rejected, duplicates } = report;
  const outcome = `held: ${countsOf(held)}; rejected: ${countsOf(rejected)}; ${duplicates} duplicates`;
  const note = `${lines} lines, catalogue known before; ${outcome}`;
  const figure = { unit: 'lines/s', ours: rates, bar: wholeBar(300_000), better: 'higher', note } as const;
  return figureRow({ name: 'log directory → committed state', ...figure });
}

const touchedRows = ({ users, films, viewings }: Touched): Row[] => [
  figureRow({
    name: 'users with a history after it',
    unit: 'users',
    ours: [users],
    bar: wholeBar(300_000),
    better: 'higher',
  }),
  figureRow({ name: 'films met in it', unit: 'films', ours: [films], bar: wholeBar(20_000), better: 'higher' }),
  figureRow({ name: 'pairs of user and film in it', unit: 'pairs', ours: [viewings], better: 'higher' }),
];

/** Quarters of the time of each run. */
function memoryRows(runs: readonly IngestRun[]): Row[] {
  const megabytes = (samples: readonly number[]): number => median(samples) / 1e6;
  const quarter = ({ memory: { anonymous } }: IngestRun, which: number): number =>
    megabytes(anonymous.slice((which * anonymous.length) / 4, ((which + 1) * anonymous.length) / 4));
  const most = (samples: readonly number[]): number => Math.max(...samples) / 1e6;
  return [
    figureRow({
      name: 'catching up: anonymous memory, last quarter against second',
      unit: 'MB',
      ours: runs.map((run) => quarter(run, 3)),
      peer: runs.map((run) => quarter(run, 1)),
      bar: wholeBar(1.05),
      note: 'medians of samples every 100 ms',
    }),
    figureRow({
      ...{ name: 'catching up: anonymous memory, most', unit: 'MB', bar: 400 },
      ours: runs.map(({ memory }) => most(memory.anonymous)),
    }),
    figureRow({
      ...{ name: 'catching up: mapped pages of files, most', unit: 'MB' },
      ours: runs.map(({ memory }) => most(memory.file)),
    }),
  ];
}
