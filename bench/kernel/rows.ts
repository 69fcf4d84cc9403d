/** Rows of the kernel bench: rounds of two sides in turn, CPU time beside wall time, and the tables that come of them. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { median, rowOf, type Row } from '../harness/measure.js';

/** CPU and wall time of one round, µs. */
export interface Lap {
  readonly cpu: number;
  readonly wall: number;
}

/** One round over all units. What it computes must reach its caller, so that no work can be left out. */
export type Side = () => Promise<Lap>;

export interface KernelRow extends Row {
  readonly unit: 'µs CPU' | 'relative error';
  /** Wall µs a unit; null where time is not what counts. */
  readonly wall: { readonly ours: number; readonly peer: number } | null;
}

export interface Comparison {
  readonly name: string;
  readonly ours: Side;
  readonly peer: Side;
  /** Queries or histories in a round. */
  readonly units: number;
  /** Largest ratio that passes; null where nothing was promised. */
  readonly bar: number | null;
  readonly versions: Readonly<Record<string, string>>;
}

const ROUNDS = 9;
const WARM_UP = 3;

/** A side on this thread; `work` returns something computed from all its results. */
export const here = (work: () => number): Side => {
  return () => {
    const wallFrom = performance.now();
    const cpuFrom = process.cpuUsage();
    const consumed = work();
    const { user, system } = process.cpuUsage(cpuFrom);
    const wall = (performance.now() - wallFrom) * 1000;
    if (Number.isNaN(consumed)) throw new Error('a result was not a number');
    return Promise.resolve({ cpu: user + system, wall });
  };
};

/** Before they count, both sides run until compilers and caches have settled. */
export async function compareSides({ name, ours, peer, units, bar, versions }: Comparison): Promise<KernelRow> {
  const laps = { ours: [] as Lap[], peer: [] as Lap[] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [first, second] = [await ours(), await peer()];
    if (round < 0) continue;
    laps.ours.push(first);
    laps.peer.push(second);
  }
  const each = (side: readonly Lap[], clock: keyof Lap): number[] => side.map((lap) => lap[clock] / units);
  const row = rowOf(name, each(laps.ours, 'cpu'), median(each(laps.peer, 'cpu')), bar);
  const wall = { ours: median(each(laps.ours, 'wall')), peer: median(each(laps.peer, 'wall')) };
  return { ...row, versions: { ...row.versions, ...versions }, unit: 'µs CPU', wall };
}

/** An error relative to what the peer holds to be true. */
export function errorRow(name: string, error: number, bar: number, versions: Comparison['versions']): KernelRow {
  const row = rowOf(name, [error], 1, bar);
  return { ...row, versions: { ...row.versions, ...versions }, unit: 'relative error', wall: null };
}

const verdict = ({ pass }: KernelRow): string => (pass === null ? '' : pass ? 'pass' : 'FAIL');

export function printRow(row: KernelRow): void {
  const { name, ours, peer, ratio, bar, spread, wall } = row;
  const judged = bar === null ? '' : `, bar ${bar}: ${verdict(row)}`;
  const figures =
    wall === null
      ? `error ${ours.toExponential(1)}`
      : `${ours.toFixed(1)} µs (wall ${wall.ours.toFixed(1)}), peer ${peer.toFixed(1)} (wall ${wall.peer.toFixed(1)}), ` +
        `ratio ${ratio.toFixed(3)}, spread ${(100 * spread).toFixed(0)} %`;
  process.stdout.write(`${name}: ${figures}${judged}\n`);
}

/** Writes bench/results/kernel.json, and the same as a table for people. `absent`: what could not be measured, and why. */
export function writeRows(rows: readonly KernelRow[], absent: readonly string[]): void {
  const folder = join(packageRoot, 'bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(rows, null, 2)}\n`);
  writeFileSync(join(folder, 'kernel.md'), document(rows, absent));
}

function document(rows: readonly KernelRow[], absent: readonly string[]): string {
  const versions = Object.assign({}, ...rows.map((row) => row.versions)) as Record<string, string>;
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const machine = `${rows[0]!.machine}; ${software.join(', ')}; load average ${loadavg()[0]!.toFixed(2)}.`;
  return [
    '# Kernel bench\n',
    `CPU µs a query or history, medians of ${ROUNDS} rounds in turn, one thread. ${machine}\n`,
    table(['row', 'ours', 'peer', 'ratio', 'spread', 'bar', 'verdict'], rows.map(cellsOf)),
    ...absent.map((reason) => `\nLeft out: ${reason}`),
    '',
  ].join('\n');
}

function cellsOf(row: KernelRow): string[] {
  const { name, ours, peer, ratio, bar, spread, wall } = row;
  const figures =
    wall === null
      ? [ours.toExponential(1), '', '', '']
      : [ours.toFixed(1), peer.toFixed(1), ratio.toFixed(3), `${(100 * spread).toFixed(0)} %`];
  return [name, ...figures, String(bar ?? ''), verdict(row)];
}

/** Markdown, its columns aligned. */
function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...body].map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
