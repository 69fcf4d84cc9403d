/** A report in Markdown and as a picture. */

import type { Metrics } from './figures.js';
import type { Group } from './group-figures.js';
import { drawIntervals } from './interval-picture.js';
import { bounds, figure, markdownTable, mean, signedBounds } from './markdown.js';
import { deciding, type Report } from './report.js';

export const howToRead = 'Intervals are 95 %, bootstrap over users; differences are paired.';

/** A section of Markdown. */
export const evaluationText = (protocol: string, report: Report): string =>
  [headingOf(protocol, report), howToRead, figuresText(report)].join('\n\n');

export function headingOf(protocol: string, { facts }: Report): string {
  const cases = facts.userWindows === facts.testUsers ? 'test users' : `user-windows of ${facts.testUsers} test users`;
  return `## ${protocol}: ${facts.userWindows} ${cases}`;
}

/** Tables and notes. @param lessBest by model, where there is such a column */
export function figuresText(report: Report, lessBest?: Readonly<Record<string, Metrics>>): string {
  const { figures, lists, groups, notes, k } = report;
  const [recall, decides] = [`recall@${k}`, deciding(k)];
  const accuracy = figures.models.map(({ model, metrics, difference }) => [
    ...[model, bounds(metrics[recall]), bounds(metrics[decides]), signedBounds(difference?.[decides])],
    ...(lessBest === undefined ? [] : [signedBounds(lessBest[model]?.[decides])]),
  ]);
  const header = ['model', recall, decides, `${decides} less popularity`];
  const more = Object.keys(figures.models[0]!.metrics).filter((name) => ![decides, recall].includes(name));
  const others = figures.models.map(({ model, metrics }, i) => [
    ...[model, ...more.map((name) => mean(metrics[name]))],
    ...[figure(lists[i]!.coverage), figure(lists[i]!.gini)],
  ]);
  return [
    markdownTable(lessBest === undefined ? header : [...header, `${decides} less the best`], accuracy),
    markdownTable(['model', ...more, 'coverage', 'gini'], others),
    ...(groups.length === 0 ? [] : [groupsText(groups, k)]),
    notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
}

/** Of the first model. */
function groupsText(groups: readonly Group[], k: number): string {
  const rows = groups.map(({ by, name, users, figures }) => {
    const own = figures?.models[0];
    const cells = [bounds(own?.metrics[deciding(k)]), signedBounds(own?.difference?.[deciding(k)])];
    return [by, name, String(users), ...(own === undefined ? ['too few users', ''] : cells)];
  });
  return markdownTable(['by', 'group', 'users', deciding(k), `${deciding(k)} less popularity`], rows);
}

/** The deciding metric of every model. */
export const modelsPicture = (protocol: string, { figures, k }: Report): string =>
  drawIntervals(
    `${protocol}: ${deciding(k)} with 95 % intervals`,
    deciding(k),
    figures.models.map(({ model, metrics }) => ({ name: model, ...metrics[deciding(k)]! })),
  );
