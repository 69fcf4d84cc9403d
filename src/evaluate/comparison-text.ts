/** A comparison in Markdown, and its differences as a picture. */

import { baseline, recentBaseline } from './baselines.js';
import { decide, type Comparison, type Decision } from './comparison.js';
import { drawIntervals } from './interval-picture.js';
import { figure, markdownTable, mean, signedBounds } from './markdown.js';
import { keepsTimes } from './protocols/protocol.js';
import { deciding } from './report.js';
import { figuresText, headingOf, howToRead, notesText, tooFewUsers } from './report-text.js';
import { signalLine, type Signal } from './signal/signal.js';

/** A section of Markdown: the verdict, then figures and facts. */
export const comparisonText = (comparison: Comparison): string =>
  [
    headingOf(comparison.protocol, comparison),
    `${verdictText(comparison)} ${howToRead}`,
    figuresText(comparison, comparison.lessBest),
    ...(comparison.groups.length === 0 ? [] : [groupsText(comparison)]),
    notesText(comparison),
  ].join('\n\n');

/** Every model in every group, and how far the best of all is above popularity there. */
function groupsText({ groups, verdict: { best }, figures, k }: Comparison): string {
  const metric = deciding(k);
  const names = figures.models.map(({ model }) => model);
  const rows = groups.map(({ by, name, users, figures: own }) => {
    const start = [by, name, String(users)];
    if (own === undefined) return [...start, ...names.map(() => ''), tooFewUsers];
    const { difference } = own.models.find(({ model }) => model === best)!;
    return [...start, ...own.models.map(({ metrics }) => mean(metrics[metric])), signedBounds(difference?.[metric])];
  });
  const header = ['by', 'group', 'users', ...names, `${best} less popularity`];
  return `${metric} by group:\n\n${markdownTable(header, rows)}`;
}

/** The choice and its reason, in sentences. */
export function verdictText({ verdict, figures, lessBest, facts, k }: Comparison): string {
  const { best, choice, evidence, alike } = verdict;
  const metric = deciding(k);
  const of = figures.models.find(({ model }) => model === best)!;
  const difference = signedBounds(of.difference?.[metric]);
  const leads = `**${best}** has the best ${metric}, ${figure(of.metrics[metric]!.value)}`;
  if (evidence === 'too few test cases') {
    return `${leads}, but ${facts.userWindows} test cases decide nothing: **${choice}** stays.`;
  }
  if (best === choice && difference === '') return `${leads}: nothing is above it.`;
  if (evidence === 'not above popularity')
    return `${leads}, but its difference from popularity, ${difference}, may be chance: **${choice}** stays.`;
  if (evidence === 'no taste measurable') {
    const why = 'no taste is measurable in the log, so only a rule without taste may be chosen';
    if (best === choice) return `${leads}, surely above popularity (${difference}): it is chosen. For ${why}.`;
    const rule = figures.models.find(({ model }) => model === choice)!;
    const chosen =
      choice === baseline ? 'stays' : `is, surely above popularity (${signedBounds(rule.difference?.[metric])})`;
    return `${leads} (less popularity ${difference}), but ${why}: **${choice}** ${chosen}.`;
  }
  const recent = of.lessRecent === undefined ? '' : `; from recent popularity ${signedBounds(of.lessRecent[metric])}`;
  const chosen = `${leads}, surely above popularity (${difference}${recent}): it is chosen.`;
  const [next] = alike;
  if (next === undefined) return `${chosen} Every other model is surely below it.`;
  const behind = alike.map((name) => `${name} (${signedBounds(lessBest[name]![metric])})`).join(', ');
  return `${chosen} Not to be told from it: ${behind}; between these, cost may decide.`;
}

/** What of a model's costs may decide. */
interface Cost {
  readonly model: string;
  readonly trainCpuSeconds: number;
  readonly answerCpuMicros: number;
}

/**
 * What follows from all protocols together, in sentences, and what the log allows at all.
 * @param costs as far as they were measured
 */
export function decisionText(comparisons: readonly Comparison[], signal: Signal, costs: readonly Cost[]): string {
  const decision = decide(comparisons);
  const open = openText(decision, keepsTimes(comparisons[0]!.protocol), costs);
  return `The choice is **${decision.choice}**: ${comparisons.map(standingText).join('; ')}.${open}\n\nThe log: ${signalLine(signal)}.`;
}

/** Who is not told from the choice; recent popularity only by protocols that may judge it. */
function openText({ choice, alike }: Decision, inTime: boolean, costs: readonly Cost[]): string {
  if (alike.length === 0) return '';
  const isInTime = (name: string): boolean => inTime && [choice, name].includes(recentBaseline);
  const [late, open] = [alike.filter(isInTime), alike.filter((name) => !isInTime(name))];
  const from = [
    ...(late.length === 0 ? [] : [`from ${late.join(', ')} in time`]),
    ...(open.length === 0 ? [] : [`from ${open.join(', ')} by any protocol`]),
  ];
  const prices = [choice, ...alike]
    .flatMap((name) => costs.find(({ model }) => model === name) ?? [])
    .map((cost) => `${cost.model} ${cost.trainCpuSeconds.toFixed(2)} and ${cost.answerCpuMicros.toFixed(1)}`);
  const price = prices.length < 2 ? '' : ` (CPU s of a training and CPU µs of an answer: ${prices.join(', ')})`;
  return ` It is not told ${from.join(', nor ')}; cost may decide${price}.`;
}

function standingText({ protocol, verdict: { best, choice, evidence, alike } }: Comparison): string {
  if (evidence === 'no taste measurable')
    return `${protocol} chooses ${choice} of the rules without taste, for no personal model can help where none is measurable`;
  if (evidence !== 'sufficient') return `${protocol} decides nothing (${evidence})`;
  const front = `${protocol} puts ${best} in front`;
  return alike.length === 0 ? `${front} of all` : `${front} and does not tell it from ${alike.join(', ')}`;
}

/** How much better than popularity, which is not in it. */
export const differencePicture = ({ protocol, figures, k }: Comparison): string =>
  drawIntervals(
    `${protocol}: ${deciding(k)} less that of popularity, paired`,
    `difference of ${deciding(k)}`,
    figures.models.flatMap(({ model, difference }) =>
      difference === undefined ? [] : [{ name: model, ...difference[deciding(k)]! }],
    ),
  );
