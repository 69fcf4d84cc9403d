/** Drift between the two windows in what is watched, rated and asked, and by whom: one row a feature. */

import type { Category, Finding } from './finding.js';
import { jensenShannon, jensenShannonNoise, psi, psiNoise, sharesOf } from './drift.js';
import { driftExpectation, driftLimits, judgeDrift } from './limits.js';
import { percent } from './finding.js';
import type { Warehouse } from './warehouse.js';

/** Of one category in the two windows: how many, or how much. */
type Count = Readonly<Record<'current' | 'reference', number> & Record<'name', string>>;

/** The categories of two windows, and how many independent samples each window has. */
export interface Mix {
  readonly categories: readonly Count[];
  readonly currentSamples: number;
  readonly referenceSamples: number;
}

interface MixCheck extends Pick<Finding, 'interface' | 'check'> {
  readonly of: string;
  /** SQL: the category of a row; null: (unknown). */
  readonly category: string;
  /** SQL: 1 unless it says otherwise. */
  readonly weight?: string;
  /** PSI for values in an order, binned; Jensen–Shannon for categories. */
  readonly measure: 'PSI' | 'JS';
  /** SQL. What one user does is not independent, so it is users that are counted, wherever there are. */
  readonly samples: string;
  /** The view that `samples` is counted in, where it is another one. */
  readonly witnesses?: string;
}

const BY_USER = 'count(distinct user_id)';
const VIEWS = {
  interface: 'film-api',
  of: 'viewed_films',
  weight: 'views',
  witnesses: 'views',
  samples: BY_USER,
  measure: 'JS',
} as const;
const ACTIVE = { interface: 'user-api', of: 'active_profiles', samples: BY_USER, measure: 'JS' } as const;
const ASKED = {
  interface: 'answers',
  of: '(from asked where win is not null)',
  samples: 'count(*)',
  measure: 'JS',
} as const;

const AGE_BANDS = `case when age < 18 then '0–17' when age < 25 then '18–24' when age < 35 then '25–34'
  when age < 45 then '35–44' when age < 55 then '45–54' when age < 65 then '55–64' else '65–' end`;

/** Scales up to 10 by their steps, larger ones by tenths: ten bins at the most, each named by its highest rating. */
function ratingBins(high: number): string {
  const width = Math.max(1, high / 10);
  return `(ceil(rating / ${width}) * ${width})::int::varchar`;
}

const mixChecks = (ratingHigh: number): readonly MixCheck[] => [
  {
    ...{ interface: 'log', check: 'ratings', of: 'ratings', category: ratingBins(ratingHigh) },
    ...{ samples: BY_USER, measure: 'PSI' },
  },
  { ...VIEWS, check: 'genres', of: 'viewed_genres', category: 'genre' },
  { ...VIEWS, check: 'languages', category: 'language' },
  { ...VIEWS, check: 'overview present', category: presence('overview is not null') },
  { ...VIEWS, check: 'cost present', category: presence('cost is not null') },
  { ...ACTIVE, check: 'age', category: `case when age is not null then ${AGE_BANDS} end`, measure: 'PSI' },
  { ...ACTIVE, check: 'gender', category: 'gender' },
  { ...ACTIVE, check: 'occupation', category: 'occupation' },
  { ...ACTIVE, check: 'self-description present', category: presence('likes is not null or dislikes is not null') },
  { ...ASKED, check: 'status', category: 'status::varchar' },
  { ...ASKED, check: 'known users', category: presence('known') },
  {
    ...ASKED,
    check: 'list length',
    of: '(from asked where win is not null and status = 200)',
    category: 'list_length::varchar',
  },
];

function presence(condition: string): string {
  return `case when ${condition} then 'yes' else 'no' end`;
}

export async function findMixes(warehouse: Warehouse, ratingHigh: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of mixChecks(ratingHigh)) findings.push(mixFinding(check, await readMix(warehouse, check)));
  return findings;
}

async function readMix(
  { rows }: Warehouse,
  { of, category, weight = '1', samples, witnesses = of }: MixCheck,
): Promise<Mix> {
  const categories = await rows<Count>(`
    select coalesce(${category}, '(unknown)') as name,
      coalesce(sum(${weight}) filter (where win = 'current'), 0)::double as current,
      coalesce(sum(${weight}) filter (where win = 'reference'), 0)::double as reference
    from ${of} group by name order by name`);
  const [counts] = await rows<{ current: number; reference: number }>(`
    select (${samples} filter (where win = 'current'))::double as current,
      (${samples} filter (where win = 'reference'))::double as reference
    from ${witnesses}`);
  return { categories, currentSamples: counts!.current, referenceSamples: counts!.reference };
}

/** Judged by effect size, against what chance does. */
export function mixFinding(
  { interface: of, check, measure }: Pick<MixCheck, 'interface' | 'check' | 'measure'>,
  { categories, currentSamples, referenceSamples }: Mix,
): Finding {
  const samples = Math.min(currentSamples, referenceSamples);
  const limits = driftLimits[measure];
  const about = { interface: of, kind: 'drift', check, unit: measure, expectation: driftExpectation(limits) } as const;
  if (samples === 0) return { ...about, value: null, samples, verdict: 'too few', examples: [] };
  const counts = (window: 'current' | 'reference') => categories.map((category) => category[window]);
  const isPsi = measure === 'PSI';
  const value = (isPsi ? psi : jensenShannon)(counts('current'), counts('reference'));
  const noise = (isPsi ? psiNoise : jensenShannonNoise)(categories.length, currentSamples, referenceSamples);
  const [current, reference] = [sharesOf(counts('current')), sharesOf(counts('reference'))];
  const changes = categories
    .map(({ name }, i) => ({ name, current: current[i]!, reference: reference[i]! }))
    .sort((a, b) => Math.abs(b.current - b.reference) - Math.abs(a.current - a.reference));
  const verdict = judgeDrift(value, noise, samples, limits);
  return {
    ...about,
    value,
    noise,
    samples,
    verdict,
    examples: verdict === 'ok' ? [] : told(changes),
    categories: changes,
  };
}

const MOVERS_MAX = 3;

const told = (changes: readonly Category[]): string[] =>
  changes
    .slice(0, MOVERS_MAX)
    .map(({ name, current, reference }) => `${name}: ${percent(reference)} → ${percent(current)}`);
