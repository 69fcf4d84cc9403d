/** Drift of which films are watched: how concentrated the watching is, and whether other films than before are popular. */

import { random } from '../core/random.js';
import { decilesOf, gini, thinned, topShare, type Concentration } from './concentration.js';
import { differenceNoise } from './drift.js';
import { percent, type Finding } from './finding.js';
import { driftExpectation, driftLimits, judgeDrift } from './limits.js';
import { mixFinding } from './mix-checks.js';
import type { Warehouse } from './warehouse.js';

/** Of films. */
const TOP = 0.01;
const SEED = 1;

/** Views by film, of the films that were viewed in either window. */
interface FilmViews {
  readonly current: readonly number[];
  /** Of users with even and of users with odd ids: two samples that know nothing of each other. */
  readonly even: readonly number[];
  readonly odd: readonly number[];
  readonly users: Readonly<Record<'current' | 'reference' | 'odd', number>>;
}

export async function findPopularity(warehouse: Warehouse): Promise<Finding[]> {
  const views = await readViews(warehouse);
  return [...concentrationFindings(views), shiftFinding(views)];
}

async function readViews({ rows }: Warehouse): Promise<FilmViews> {
  const films = await rows<{ current: number; even: number; odd: number }>(`
    select (count(*) filter (where win = 'current'))::double as current,
      (count(*) filter (where win = 'reference' and user_id % 2 = 0))::double as even,
      (count(*) filter (where win = 'reference' and user_id % 2 = 1))::double as odd
    from views group by movie_id order by movie_id`);
  const [users] = await rows<{ current: number; reference: number; odd: number }>(`
    select (count(distinct user_id) filter (where win = 'current'))::double as current,
      (count(distinct user_id) filter (where win = 'reference'))::double as reference,
      (count(distinct user_id) filter (where win = 'reference' and user_id % 2 = 1))::double as odd
    from views`);
  const column = (name: 'current' | 'even' | 'odd') => films.map((film) => film[name]);
  return { current: column('current'), even: column('even'), odd: column('odd'), users: users! };
}

/** Concentration depends on the size of a sample, so the larger window is thinned to the smaller one. */
function concentrationFindings({ current, even, odd, users }: FilmViews): Finding[] {
  const reference = even.map((count, film) => count + odd[film]!);
  const views = Math.min(sum(current), sum(reference));
  const draws = random(SEED);
  const sizes = [current, reference].map((counts) => thinned(counts, views, draws)) as [number[], number[]];
  const samples = Math.min(users.current, users.reference);
  const limits = driftLimits.difference;
  const compare = (check: string, of: (counts: readonly number[]) => Concentration): Finding => {
    const about = { interface: 'log', kind: 'drift', check, unit: 'difference', samples } as const;
    const expectation = driftExpectation(limits);
    if (views === 0) return { ...about, value: null, expectation, verdict: 'too few', examples: [] };
    const [now, before] = sizes.map(of) as [Concentration, Concentration];
    const value = Math.abs(now.value - before.value);
    const noise = differenceNoise(Math.max(now.variance, before.variance), samples, samples);
    const verdict = judgeDrift(value, noise, samples, limits);
    return {
      ...about,
      value,
      noise,
      expectation,
      verdict,
      examples: [`${percent(before.value)} → ${percent(now.value)}`],
    };
  };
  return [
    compare('share of the top 1 % of films', (counts) => topShare(counts, TOP)),
    compare('Gini coefficient of films', gini),
  ];
}

/**
 * One half of the reference users decides which films belong together, the other half is compared with: films that were chosen
 * because they did well in a sample do worse in any other.
 */
function shiftFinding({ current, even, odd, users }: FilmViews): Finding {
  const groups = decilesOf(even);
  const categories = Array.from({ length: 11 }, (_, group) => ({
    name: group === 10 ? 'films not watched before' : `tenth ${group + 1}`,
    current: inGroup(current, groups, group),
    reference: inGroup(odd, groups, group),
  })).filter((category) => category.current + category.reference > 0);
  return mixFinding(
    { interface: 'log', check: 'popular films', measure: 'JS' },
    { categories, currentSamples: users.current, referenceSamples: users.odd },
  );
}

const inGroup = (views: readonly number[], groups: readonly number[], group: number): number =>
  views.reduce((total, count, film) => total + (groups[film] === group ? count : 0), 0);

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
