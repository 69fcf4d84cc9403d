/** Keeps docs/performance.md and its picture equal to bench/results/profile.json. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { readResults, type Results } from '../report/files.js';
import { table } from '../report/table.js';
import { CONNECTIONS, figuresOf } from './figures.js';
import { drawFlow } from './picture.js';
import { STAGES } from './stages.js';

const documentPath = join(packageRoot, 'docs/performance.md');
const picturePath = join(packageRoot, 'docs/performance.svg');
const [BEGIN, END] = ['<!-- bench:profile writes from here -->', '<!-- to here -->'];

/** Document and picture as they are, and as the results want them. */
export interface Documented {
  readonly document: string;
  readonly picture: string;
}

export const documentNow = (): Documented => ({
  document: readFileSync(documentPath, 'utf8'),
  picture: readFileSync(picturePath, 'utf8'),
});

export function documentWanted(): Documented {
  const results = readResults().find(({ bench }) => bench === 'profile')!;
  const document = readFileSync(documentPath, 'utf8');
  const [before, after] = [document.indexOf(BEGIN) + BEGIN.length, document.indexOf(END)];
  return {
    document: `${document.slice(0, before)}\n\n${tablesOf(results)}\n\n${document.slice(after)}`,
    picture: drawFlow(figuresOf(results.rows, CONNECTIONS.at(-1)!)),
  };
}

export function writeDocument(): void {
  const { document, picture } = documentWanted();
  writeFileSync(documentPath, document);
  writeFileSync(picturePath, picture);
}

/** The stages with their cost, and below it the run that it comes from. */
function tablesOf({ date, loadAverage, rows }: Results): string {
  const columns = CONNECTIONS.map((connections) => figuresOf(rows, connections));
  const first = rows[0]!;
  const head = ['stage', 'thread', ...CONNECTIONS.map((connections) => `${connections} connections`), 'what bounds it'];
  const stages = STAGES.map(({ name, lane, bound }) => {
    const thread = lane === 'beside' ? 'beside' : lane;
    return [name, thread, ...columns.map(({ of }) => of(name).toFixed(1)), bound];
  });
  const sums = [
    ['**all threads**', '', ...columns.map(({ whole }) => `**${whole.toFixed(1)}**`), ''],
    ['a hello of the same size', '', ...columns.map(({ hello }) => hello.toFixed(1)), 'the network and HTTP alone'],
  ];
  const versions = Object.entries(first.versions).map((version) => version.join(' '));
  const run = [first.machine, ...versions, `${first.n} rounds`, `load average before ${loadAverage}`].join(', ');
  return `${table(head, [...stages, ...sums])}\n\nCPU µs a request; ${run}; ${date.slice(0, 10)}.`;
}
