/** A search for hyper-parameters in Markdown and as a picture. */

import { differencePicture, verdictText } from '../comparison-text.js';
import type { ModelFigures } from '../figures.js';
import { figure, markdownTable, signedBounds } from '../markdown.js';
import { deciding } from '../report.js';
import type { Rung } from './rungs.js';
import { asGoodAsBest, type Search } from './search.js';

/** What was searched, by name. */
export type Parameters = Readonly<Record<string, number>>;

export interface Tuned {
  readonly kind: string;
  /** Of each candidate but popularity. */
  readonly parameters: Readonly<Record<string, Parameters>>;
  readonly rungs: readonly Pick<Rung, 'name'>[];
  readonly search: Search;
}

export function tuningText({ kind, parameters, rungs, search }: Tuned): string {
  const { scores, last } = search;
  const metric = deciding(last.k);
  const names = Object.keys(Object.values(parameters)[0]!);
  const rows = Object.entries(scores)
    .toSorted(([, a], [, b]) => b.length - a.length || b.at(-1)!.mean - a.at(-1)!.mean)
    .map(([candidate, its]) => [
      candidate,
      ...names.map((name) => String(parameters[candidate]?.[name] ?? '')),
      ...rungs.map((_, rung) => (rung < its.length ? figure(its[rung]!.mean) : '')),
      differenceOf(candidate, search),
    ]);
  const header = ['candidate', ...names, ...rungs.map(({ name }) => `${metric}, ${name}`), 'less popularity'];
  return [
    `# ${kind} tuned by ${last.protocol}`,
    'On validation alone: what the protocol tests on is in none of these figures.',
    verdictText(last),
    flatnessText({ kind, parameters, rungs, search }),
    '## All candidates',
    markdownTable(header, rows),
    last.notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
}

function differenceOf(candidate: string, { last }: Search): string {
  const { difference } = last.figures.models.find(({ model }) => model === candidate) ?? {};
  return signedBounds(difference?.[deciding(last.k)]);
}

/** The values of each hyper-parameter among those that cannot be told from the best. */
export function flatnessText({ parameters, search }: Tuned): string {
  const alike = asGoodAsBest(search);
  const reached = search.last.figures.models.length - 1;
  if (alike.length === 0) return 'Every candidate is surely below popularity.';
  const names = Object.keys(parameters[alike[0]!]!);
  const ranges = names.map((name) => {
    const values = alike.map((candidate) => parameters[candidate]![name]!);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return `${name} ${least === most ? least : `${least} to ${most}`}`;
  });
  return `Of ${reached} candidates at the last rung ${alike.length} cannot be told from the best: ${ranges.join(', ')}.`;
}

/** The best one first. */
export function tuningPicture({ search: { last } }: Tuned): string {
  const valueOf = ({ metrics }: ModelFigures): number => metrics[deciding(last.k)]!.value;
  const models = last.figures.models.toSorted((a, b) => valueOf(b) - valueOf(a));
  return differencePicture({ ...last, figures: { ...last.figures, models } });
}
