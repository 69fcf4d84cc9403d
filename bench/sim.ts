/** The simulated site: what it tells apart, how like the real one it is, and how much it can write and ask. */

import { existsSync } from 'node:fs';
import { built } from '../src/core/package.js';
import { printMachine, reportRows } from './harness/results.js';
import type { Row } from './harness/rows.js';

interface Part {
  rows(): Promise<readonly Row[]>;
}

const PARTS = ['rankings', 'fidelity', 'source', 'load'];

printMachine();
const rows: Row[] = [];
for (const name of PARTS) {
  const path = built(`bench/sim/${name}.js`);
  if (!existsSync(path)) continue;
  const part = (await import(path)) as Part;
  rows.push(...(await part.rows()));
}
reportRows('sim', rows);
