/** The report in Markdown: a short table a bench, with its machine, its verdicts and what it left out. */

import { digits, type Row } from '../harness/rows.js';
import { changeOf, keyOf, type Baseline } from './baseline.js';
import type { Results } from './files.js';
import { table } from './table.js';

export function renderReport(results: readonly Results[], baseline: Baseline): string {
  const all = results.flatMap(({ bench, rows }) => rows.map((row) => ({ bench, row })));
  const failed = all.filter(({ row }) => row.pass === false);
  const passed = all.filter(({ row }) => row.pass === true).length;
  return [
    '# Benches\n',
    'Written by `npm run bench:report` and by every bench at its end, from the JSON files beside it; `bench/README.md`',
    'explains the rows and how to read them.\n',
    `Of ${passed + failed.length} rows with a bar, ${passed} pass and ${failed.length} do not${failed.length === 0 ? '.' : ':'}\n`,
    ...failed.map(({ bench, row }) => `- ${bench}: ${row.name}: ${figureOf(row)}, bar ${barOf(row)}`),
    ...results.map((result) => `\n${section(result, baseline[result.bench] ?? {})}`),
    '',
  ].join('\n');
}

function section({ bench, date, loadAverage, leftOut, rows }: Results, accepted: Baseline[string]): string {
  const machines = [...new Set(rows.map(({ machine }) => machine))].join('; ');
  const versions = Object.entries(Object.assign({}, ...rows.map((row) => row.versions)) as Row['versions']);
  const when = `${date.slice(0, 16).replace('T', ' ')} UTC`;
  const facts = [machines, versions.map((pair) => pair.join(' ')).join(', '), `load average before: ${loadAverage}`];
  const measured = new Set(rows.map(keyOf));
  const lost = Object.keys(accepted).filter((key) => !measured.has(key));
  const head = ['row', 'unit', 'ours', 'peer', 'ratio', 'spread', 'bar', 'verdict', 'since the baseline'];
  return [
    `## ${bench}\n`,
    `${[when, ...facts.filter(Boolean)].join('; ')}.\n`,
    ...(rows.length === 0
      ? []
      : [
          table(
            head,
            rows.map((row) => cellsOf(row, accepted)),
          ),
        ]),
    ...leftOut.map((reason) => `\nLeft out: ${reason}.`),
    ...lost.map((key) => `\nIn the baseline, but not in this run: ${key}.`),
  ].join('\n');
}

function cellsOf(row: Row, accepted: Baseline[string]): string[] {
  const { name, unit, ours, peer, ratio, spread, n, pass, wall, note } = row;
  const timed = (time: number, beside: number | null | undefined): string =>
    beside == null ? digits(time) : `${digits(time)} (wall ${digits(beside)})`;
  return [
    note === null ? name : `${name} (${note})`,
    unit,
    timed(ours, wall?.ours),
    peer === null ? '' : timed(peer, wall?.peer),
    ratio === null ? '' : ratio.toFixed(3),
    n === 1 ? 'one round' : `${percent(spread)} of ${n}`,
    barOf(row),
    pass === null ? '' : pass ? 'pass' : 'FAIL',
    sinceBaseline(row, accepted),
  ];
}

/** What the bar is for. */
const figureOf = ({ ours, ratio, unit }: Row): string =>
  ratio === null ? `${digits(ours)} ${unit}` : `${ratio.toFixed(3)} × the peer's ${unit}`;
const barOf = ({ bar, better }: Row): string => (bar === null ? '' : `${better === 'lower' ? '≤' : '≥'} ${bar}`);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function sinceBaseline(row: Row, accepted: Baseline[string]): string {
  const then = accepted[keyOf(row)];
  if (then === undefined) return 'new';
  const change = changeOf(row, then);
  if (change === undefined) return then.value === 0 && row.ours === 0 ? '0 as before' : `was ${digits(then.value)}`;
  const size = percent(Math.abs(change.relative));
  const signed = size === percent(0) ? size : `${change.relative < 0 ? '−' : '+'}${size}`;
  return change.verdict === 'unknown' ? signed : `${signed}, ${change.verdict}`;
}
