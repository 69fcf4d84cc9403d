/** The rows: what each way to answer is worth to some new viewers, and what the cold answer is surely worth above others. */

import { bootstrap, type Interval } from '../../src/evaluate/bootstrap.js';
import { wholeBar } from '../harness/form.js';
import { digits, figureRow, type Row } from '../harness/rows.js';
import { ways, type Way } from './answers.js';

/** What the lists of one new viewer are worth. */
export type Worth = Readonly<Record<Way, number>>;

/** Of the ways, those that the cold answer is held against, and whether surely more than they are worth is its bar. */
export type Against = Readonly<Partial<Record<Way, 'bar' | 'shown'>>>;

export function rowsOf(who: string, unit: string, worth: readonly Worth[], against: Against): Row[] {
  const intervals = (values: readonly ((worth: Worth) => number)[]): Interval[] =>
    bootstrap(
      values.map((value) => Float64Array.from(worth, value)),
      1,
    );
  const means = intervals(ways.map((way) => (values) => values[way]));
  const others = ways.filter((way) => way in against);
  const gains = intervals(others.map((other) => (values) => values.all - values[other]));
  return [
    ...ways.map((way, i) =>
      figureRow({
        ...{ name: `${who}: ${way}`, unit, ours: [means[i]!.value], better: 'higher' },
        note: `${between(means[i]!)}, ${worth.length} viewers`,
      }),
    ),
    ...others.map((other, i) => {
      const { value, low } = gains[i]!;
      return figureRow({
        ...{ name: `${who}: all above ${other}, at least`, unit, ours: [low], better: 'higher' },
        bar: against[other] === 'bar' ? wholeBar(0) : undefined,
        note: `mean ${digits(value)}, ${between(gains[i]!)}`,
      });
    }),
  ];
}

const between = ({ low, high }: Interval): string => `95 % between ${digits(low)} and ${digits(high)}`;
