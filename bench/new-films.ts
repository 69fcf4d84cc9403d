/** What the rows are worth that films get which came after training: a tenth of the films hidden, and ranked for who likes some. */

import { bundledCatalogue } from '../src/sim/catalogue/bundled.js';
import { filmCounts } from '../src/train/popularity.js';
import { bootstrap, type Interval } from '../src/evaluate/bootstrap.js';
import { coldData } from './cold-text/data.js';
import { byForm, wholeBar } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { digits, figureRow, type Row } from './harness/rows.js';
import { valuesOf, ways, type BenchFilm, type Way, type Worth } from './new-films/answers.js';
import { hideFilms } from './new-films/hidden.js';

/** Other ones than those that the weights were chosen on. */
const seeds = byForm({ short: [1], usual: [1, 2, 3] });

printMachine();
const { interactions } = await coldData();
const known = new Map(bundledCatalogue().map((film) => [film.id, film]));
const counts = filmCounts(interactions);
const films: readonly BenchFilm[] = interactions.films.map((id, film) => {
  const { title, genres, year, summary = null, cast = [] } = known.get(id)!;
  return { title, genres, year, summary, cast, met: counts[film]! };
});

const users: number[] = [];
const worth: Worth[] = [];
for (const seed of seeds) {
  const hidden = hideFilms(interactions, seed);
  worth.push(...valuesOf(hidden, films));
  users.push(...hidden.judges.map(({ user }) => user));
}
const unitOf = unitsOf(users);
reportRows('new-films', [...rowsOf('nDCG@20', ({ ndcg }) => ndcg), ...rowsOf('HR@20', ({ hit }) => hit)]);

function rowsOf(unit: string, of: (worth: Worth) => Record<Way, number>): Row[] {
  const values = (way: Way): Float64Array => Float64Array.from(worth, (each) => of(each)[way]);
  const means = bootstrap(ways.map(values), 1, unitOf);
  const others = ways.filter((way) => way !== 'films like it');
  const gains = bootstrap(
    others.map((way) => values('films like it').map((value, i) => value - of(worth[i]!)[way])),
    1,
    unitOf,
  );
  const note = ({ low, high }: Interval): string => `95 % between ${digits(low)} and ${digits(high)}`;
  return [
    ...ways.map((way, i) =>
      figureRow({
        ...{ name: way, unit, ours: [means[i]!.value], better: 'higher' },
        note: `${note(means[i]!)}, ${worth.length} rankings by ${new Set(users).size} users`,
      }),
    ),
    ...others.map((way, i) =>
      figureRow({
        ...{ name: `films like it above ${way}, at least`, unit, ours: [gains[i]!.low], better: 'higher' },
        bar: way === 'genres of the history' || way === 'random' ? wholeBar(0) : undefined,
        note: `mean ${digits(gains[i]!.value)}, ${note(gains[i]!)}`,
      }),
    ),
  ];
}

/** The same number for the same user. */
function unitsOf(all: readonly number[]): Int32Array {
  const units = new Map([...new Set(all)].map((user, unit) => [user, unit]));
  return Int32Array.from(all, (user) => units.get(user)!);
}
