/** A comparison in Markdown, and its differences as a picture. */

import { decide, type Comparison } from './comparison.js';
import { drawIntervals } from './interval-picture.js';
import { figure, signedBounds } from './markdown.js';
import { deciding } from './report.js';
import { figuresText, headingOf, howToRead } from './report-text.js';

/** A section of Markdown: the verdict, then figures and facts. */
export const comparisonText = (comparison: Comparison): string =>
  [
    headingOf(comparison.protocol, comparison),
    `${verdictText(comparison)} ${howToRead}`,
    figuresText(comparison, comparison.lessBest),
  ].join('\n\n');

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

/** How much better than popularity, which is not in it. */
export const differencePicture = ({ protocol, figures, k }: Comparison): string =>
  drawIntervals(
    `${protocol}: ${deciding(k)} less that of popularity, paired`,
    `difference of ${deciding(k)}`,
    figures.models.flatMap(({ model, difference }) =>
      difference === undefined ? [] : [{ name: model, ...difference[deciding(k)]! }],
    ),
  );
