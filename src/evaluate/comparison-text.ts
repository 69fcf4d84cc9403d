/** A comparison in Markdown and as a picture. */

import type { Interval } from './bootstrap.js';
import { decide, deciding, type Comparison } from './comparison.js';
import { drawIntervals } from './interval-picture.js';
import { figure, markdownTable, signedWithBounds, withBounds } from './markdown.js';

/** A section of Markdown: tables, facts, and the verdict. */
export function comparisonText(comparison: Comparison): string {
  const { protocol, facts, notes, figures, lists, lessBest, k } = comparison;
  const cases = facts.userWindows === facts.testUsers ? 'test users' : `user-windows of ${facts.testUsers} test users`;
  const column = deciding(k);
  const accuracy = figures.models.map(({ model, metrics, difference }) => [
    model,
    bounds(metrics[`recall@${k}`]),
    bounds(metrics[column]),
    signedBounds(difference?.[column]),
    signedBounds(lessBest[model]?.[column]),
  ]);
  const more = Object.keys(figures.models[0]!.metrics).filter((name) => ![column, `recall@${k}`].includes(name));
  const others = figures.models.map(({ model, metrics }, i) => [
    model,
    ...more.map((name) => mean(metrics[name])),
    figure(lists[i]!.coverage),
    figure(lists[i]!.gini),
  ]);
  return [
    `## ${protocol}: ${facts.userWindows} ${cases}`,
    `${verdictText(comparison)} Intervals are 95 %, bootstrap over users; differences are paired.`,
    markdownTable(['model', `recall@${k}`, column, `${column} less popularity`, `${column} less the best`], accuracy),
    markdownTable(['model', ...more, 'coverage', 'gini'], others),
    notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
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
  const chosen = `${leads}, surely above popularity (${difference}): it is chosen.`;
  const [next] = alike;
  if (next === undefined) return `${chosen} Every other model is surely below it.`;
  const behind = alike.map((name) => `${name} (${signedBounds(lessBest[name]![metric])})`).join(', ');
  return `${chosen} Not to be told from it: ${behind}; between these, cost may decide.`;
}

/** What follows from all protocols together, in sentences. */
export function decisionText(comparisons: readonly Comparison[]): string {
  const { choice, alike } = decide(comparisons);
  const open = alike.length === 0 ? '' : ` No protocol tells it from ${alike.join(', ')}: cost may decide.`;
  return `The choice is **${choice}**: ${comparisons.map(standingText).join('; ')}.${open}`;
}

function standingText({ protocol, verdict: { best, evidence, alike } }: Comparison): string {
  if (evidence !== 'sufficient') return `${protocol} decides nothing (${evidence})`;
  const front = `${protocol} puts ${best} in front`;
  return alike.length === 0 ? `${front} of all` : `${front} and does not tell it from ${alike.join(', ')}`;
}

/** The deciding metric of every model. */
export const comparisonPicture = ({ protocol, figures, k }: Comparison): string =>
  drawIntervals(
    `${protocol}: ${deciding(k)} with 95 % intervals`,
    deciding(k),
    figures.models.map(({ model, metrics }) => ({ name: model, ...metrics[deciding(k)]! })),
  );

/** How much better than popularity, which is not in it. */
export const differencePicture = ({ protocol, figures, k }: Comparison): string =>
  drawIntervals(
    `${protocol}: ${deciding(k)} less that of popularity, paired`,
    `difference of ${deciding(k)}`,
    figures.models.flatMap(({ model, difference }) =>
      difference === undefined ? [] : [{ name: model, ...difference[deciding(k)]! }],
    ),
  );

const mean = (interval: Interval | undefined): string => (interval === undefined ? '' : figure(interval.value));
const bounds = (interval: Interval | undefined): string => (interval === undefined ? '' : withBounds(interval));
const signedBounds = (interval: Interval | undefined): string =>
  interval === undefined ? '' : signedWithBounds(interval);
