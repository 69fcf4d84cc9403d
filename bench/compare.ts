/**
 * A commit against the work tree, interleaved, without any peer: `--base <revision> [--rounds <n>] [--json]`. Ends with 1 when a
 * row is surely slower by more than the margin, with 2 when nothing could be compared.
 */

import { parseArgs } from 'node:util';
import { packageRoot } from '../src/core/package.js';
import { changedInstruments, commitOf, prepareBase } from './compare/base.js';
import { instruments } from './compare/instruments.js';
import { runInTurn } from './compare/run.js';
import { cellsOf, comparedRows, namesOfOneSide, type ComparedRow } from './compare/rows.js';
import { FEWEST_ROUNDS, MARGIN } from './compare/verdict.js';
import { table } from './report/table.js';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'HEAD' },
    rounds: { type: 'string', default: '12' },
    json: { type: 'boolean' },
  },
});

async function compare(): Promise<ComparedRow[]> {
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS) {
    throw new Error(`--rounds ${values.rounds}: give a whole number of at least ${FEWEST_ROUNDS}`);
  }
  const commit = commitOf(values.base);
  const roots = { base: prepareBase(commit), branch: packageRoot };
  const changed = changedInstruments(commit);
  if (changed.length > 0) process.stderr.write(`instruments that differ, too: ${changed.join(', ')}\n`);
  const rows: ComparedRow[] = [];
  for (const instrument of Object.keys(instruments)) {
    process.stderr.write(`${instrument}: ${rounds} rounds\n`);
    const laps = await runInTurn(roots, instrument, rounds);
    const missing = laps.length === 0 ? [instrument] : namesOfOneSide(laps);
    if (missing.length > 0) process.stderr.write(`left out, for one side does not have it: ${missing.join('; ')}\n`);
    rows.push(...comparedRows(laps));
  }
  return rows;
}

try {
  const rows = await compare();
  const head = ['row', 'base', 'branch', 'ratio', 'verdict'];
  process.stdout.write(`${values.json === true ? JSON.stringify(rows, null, 2) : table(head, rows.map(cellsOf))}\n`);
  const regressions = rows.filter(({ regression }) => regression);
  for (const { name, unit } of regressions) {
    process.stderr.write(`surely slower by more than ${100 * MARGIN} %: ${name}, ${unit}\n`);
  }
  if (regressions.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
