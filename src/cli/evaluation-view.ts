/** How an evaluation reads at a terminal: at most 100 columns. */

import type { Replayed } from '../app/evaluate-replay.js';
import type { Evaluation } from '../app/evaluate.js';
import type { Figures, Metrics } from '../evaluate/figures.js';
import type { Group } from '../evaluate/group-figures.js';
import { bounds, figure, mean, shortened, signedBounds } from '../evaluate/markdown.js';
import { adviceText } from '../evaluate/replay/replay-text.js';
import { deciding, testedText } from '../evaluate/report.js';
import { signalLine } from '../evaluate/signal/signal.js';
import { printLine, type Io } from './io.js';
import { formatTable } from './table.js';

export function printEvaluation(io: Io, evaluation: Evaluation): void {
  const { protocol, figures, lists, cold, groups, notes, signal, k, facts, run } = evaluation;
  printLine(io, `${protocol}: ${testedText(facts)}, ${facts.cold} without; 95 % intervals\n`);
  const [ours, baseline, recent] = lists;
  const wide = (name: 'coverage' | 'gini'): string[] => {
    return [name, figure(ours![name]), figure(baseline![name]), '', figure(recent![name])];
  };
  printFigures(io, figures, [wide('coverage'), wide('gini')]);
  if (cold !== undefined) {
    printLine(io, `\n${cold.n} without history:\n`);
    printFigures(io, cold);
  }
  if (groups.length > 0) printGroups(io, groups, k);
  printLine(io, `\n${besideText(figures, deciding(k))}`);
  printLine(io, `\n${[...notes, `the log: ${signalLine(signal)}`].map((note) => `- ${note}`).join('\n')}`);
  printLine(io, `\nreport, picture and inputs: ${run.path}`);
}

export function printReplay(io: Io, replayed: Replayed): void {
  const { events, blocks, allTime, decayed, difference, signal, run } = replayed;
  printLine(io, `replay: ${events} interactions in ${blocks} blocks; 95 % intervals\n`);
  const rows = [
    ['of all time', bounds(allTime), ''],
    ['that forgets', bounds(decayed), signedBounds(difference)],
  ];
  printLine(io, formatTable(['popularity', 'hr@20', 'less that of all time'], rows));
  printLine(io, `\n${adviceText(replayed).replaceAll('`', '')}`);
  printLine(io, `\n- the log: ${signalLine(signal)}`);
  printLine(io, `\nreport and inputs: ${run.path}`);
}

/** The model first, then what runs beside it. */
function printFigures(io: Io, { models }: Figures, more: readonly string[][] = []): void {
  const [ours, baseline, recent] = models;
  const rows = Object.keys(ours!.metrics).map((name) => [
    name,
    bounds(ours!.metrics[name]),
    mean(baseline!.metrics[name]),
    bounds(ours!.difference?.[name]),
    mean(recent!.metrics[name]),
  ]);
  const header = ['metric', named(ours!.model), 'popularity', 'difference', 'recent pop.'];
  printLine(io, formatTable(header, [...rows, ...more]));
}

/** What stands beside the table in the deciding metric: the difference from recent popularity, and further simple rules. */
function besideText({ models: [ours, , , ...rules] }: Figures, metric: string): string {
  return [
    `${metric} less recent popularity: ${signedBounds(ours!.lessRecent?.[metric])}`,
    ...rules.map(({ model, metrics }) => `${metric} of ${model}: ${bounds(metrics[metric])}`),
  ].join('\n');
}

function printGroups(io: Io, groups: readonly Group[], k: number): void {
  const [recall, ndcg] = [`recall@${k}`, `ndcg@${k}`];
  const row = ({ by, name, users, figures }: Group): string[] => {
    const ours = figures?.models[0];
    const of = (metrics: Metrics | undefined, metric: string): string => bounds(metrics?.[metric]);
    if (ours === undefined) return [by, named(name), String(users), 'too few users', ''];
    return [by, named(name), String(users), of(ours.metrics, recall), of(ours.difference, ndcg)];
  };
  printLine(io, '\nby group, the difference against popularity (all metrics: --json):\n');
  printLine(io, formatTable(['by', 'group', 'users', recall, `difference of ${ndcg}`], groups.map(row)));
}

const longest = 24;
const named = (name: string): string => shortened(name, longest);
