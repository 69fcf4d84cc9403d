/**
 * What answers to strangers are worth when all that is known of them is what they say of themselves: the protocol
 * `cold-text`.
 */

import { bootstrap, type Interval } from '../src/evaluate/bootstrap.js';
import { coldTextCuts } from '../src/evaluate/protocols/cold-text.js';
import {
  learnForStrangers,
  learnIals,
  learnLinear,
  valuesOf,
  ways,
  type Learn,
  type Way,
} from './cold-text/answers.js';
import { coldData } from './cold-text/data.js';
import { allPatterns, describe, tellingPatterns } from '../src/app/introductions.js';
import { byForm, wholeBar } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { digits, figureRow, type Row } from './harness/rows.js';

/** Other ones than those that the parameters were chosen on. */
const seeds = byForm({ short: [1], usual: [1, 2, 3] });
const GAIN_BAR = 0.033;
const SURE_GAIN_BAR = 0.02;

printMachine();
const data = await coldData();
const titleOf = (film: number): string => data.films[film]!.title;
const genresOf = (film: number): readonly string[] => data.films[film]!.genres;

/** Values of all strangers of all seeds, and whose they are. */
async function measure(
  patterns: readonly number[],
  learn: Learn,
): Promise<{ values: Record<Way, Float64Array>; unitOf: Int32Array }> {
  const rows: { readonly user: number; readonly values: Record<Way, number> }[] = [];
  for (const seed of seeds) {
    for (const cut of coldTextCuts(data.interactions, genresOf, seed)) {
      const values = await valuesOf(data, cut, (stranger) => describe(stranger, titleOf, patterns, seed), learn);
      for (const [i, { user }] of cut.strangers.entries()) rows.push({ user, values: values[i]! });
    }
  }
  const units = new Map([...new Set(rows.map(({ user }) => user))].map((user, unit) => [user, unit]));
  return {
    values: Object.fromEntries(
      ways.map((way) => [way, Float64Array.from(rows, ({ values }) => values[way])]),
    ) as Record<Way, Float64Array>,
    unitOf: Int32Array.from(rows, ({ user }) => units.get(user)!),
  };
}

interface Measured {
  readonly what: string;
  readonly patterns: readonly number[];
  readonly learn: Learn;
  readonly shown: readonly Way[];
  readonly bars: boolean;
}

async function rowsOf({ what, patterns, learn, shown, bars }: Measured): Promise<Row[]> {
  const { values, unitOf } = await measure(patterns, learn);
  const means = bootstrap(
    shown.map((way) => values[way]),
    1,
    unitOf,
  );
  const better = (way: Way, than: Way): Interval =>
    bootstrap([values[way].map((value, i) => value - values[than][i]!)], 1, unitOf)[0]!;
  const unit = 'nDCG@20';
  const note = ({ low, high }: Interval): string => `95 % between ${digits(low)} and ${digits(high)}`;
  return [
    ...shown.map((way, i) =>
      figureRow({ name: `${what}: ${way}`, unit, ours: [means[i]!.value], better: 'higher', note: note(means[i]!) }),
    ),
    ...(['popularity', 'popularity of likes'] as const).flatMap((than) => {
      const gain = better('all', than);
      const isBarred = bars && than === 'popularity';
      const name = `${what}: all above ${than}`;
      return [
        figureRow({
          ...{ name, unit, ours: [gain.value], better: 'higher', note: note(gain) },
          bar: isBarred ? wholeBar(GAIN_BAR) : undefined,
        }),
        figureRow({
          ...{ name: `${name}, at least`, unit, ours: [gain.low], better: 'higher' },
          bar: isBarred ? wholeBar(SURE_GAIN_BAR) : undefined,
        }),
      ];
    }),
  ];
}

const telling = { patterns: tellingPatterns(), bars: true };
reportRows('cold-text', [
  ...(await rowsOf({ what: 'genres and two titles told', ...telling, learn: learnForStrangers, shown: ways })),
  ...(await rowsOf({ what: 'linear as trained by default', ...telling, learn: learnLinear, shown: ['all'] })),
  ...(await rowsOf({ what: 'iALS as trained by default', ...telling, learn: learnIals, shown: ['all'] })),
  ...(await rowsOf({
    ...{ what: 'titles told or not', patterns: allPatterns, learn: learnForStrangers, shown: ways, bars: false },
  })),
]);
