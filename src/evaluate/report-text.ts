/** A report in Markdown and as a picture. */

import type { Metrics } from './figures.js';
import { drawIntervals } from './interval-picture.js';
import { bounds, figure, markdownTable, mean, signedBounds } from './markdown.js';
import { deciding, testedText, type Report } from './report.js';

export const howToRead = 'Intervals are 95 %, bootstrap over users; differences are paired.';

/** A section of Markdown. */
export const evaluationText = (protocol: string, report: Report): string =>
  [
    headingOf(protocol, report),
    howToRead,
    figuresText(report),
    ...(report.groups.length === 0 ? [] : [groupsText(report)]),
    notesText(report),
  ].join('\n\n');

export const headingOf = (protocol: string, { facts }: Report): string => `## ${protocol}: ${testedText(facts)}`;

/** Tables of all models. @param lessBest by model, where there is such a column */
export function figuresText({ figures, lists, k }: Report, lessBest?: Readonly<Record<string, Metrics>>): string {
  const [recall, decides] = [`recall@${k}`, deciding(k)];
  const isAgainstRecent = figures.models.some(({ lessRecent }) => lessRecent !== undefined);
  const accuracy = figures.models.map(({ model, metrics, difference, lessRecent }) => [
    ...[model, bounds(metrics[recall]), bounds(metrics[decides]), signedBounds(difference?.[decides])],
    ...(isAgainstRecent ? [signedBounds(lessRecent?.[decides])] : []),
    ...(lessBest === undefined ? [] : [signedBounds(lessBest[model]?.[decides])]),
  ]);
  const header = [
    ...['model', recall, decides, `${decides} less popularity`],
    ...(isAgainstRecent ? ['less recent popularity'] : []),
    ...(lessBest === undefined ? [] : ['less the best']),
  ];
  const more = Object.keys(figures.models[0]!.metrics).filter((name) => ![decides, recall].includes(name));
  const others = figures.models.map(({ model, metrics }, i) => [
    ...[model, ...more.map((name) => mean(metrics[name]))],
    ...[figure(lists[i]!.coverage), figure(lists[i]!.gini)],
  ]);
  return [markdownTable(header, accuracy), markdownTable(['model', ...more, 'coverage', 'gini'], others)].join('\n\n');
}

export const notesText = ({ notes }: Report): string => notes.map((note) => `- ${note}`).join('\n');

/** Of the first model. */
function groupsText({ groups, k }: Report): string {
  const rows = groups.map(({ by, name, users, figures }) => {
    const own = figures?.models[0];
    const cells = [bounds(own?.metrics[deciding(k)]), signedBounds(own?.difference?.[deciding(k)])];
    return [by, name, String(users), ...(own === undefined ? [tooFewUsers, ''] : cells)];
  });
  return markdownTable(['by', 'group', 'users', deciding(k), `${deciding(k)} less popularity`], rows);
}

export const tooFewUsers = 'too few users';

/** The deciding metric of every model. */
export const modelsPicture = (protocol: string, { figures, k }: Report): string =>
  drawIntervals(
    `${protocol}: ${deciding(k)} with 95 % intervals`,
    deciding(k),
    figures.models.map(({ model, metrics }) => ({ name: model, ...metrics[deciding(k)]! })),
  );
