/** What is expected of records, one row a check, and what share of them breaks it. */

import type { Finding } from './finding.js';
import { shareFinding, type Limits } from './limits.js';
import type { Warehouse } from './warehouse.js';

interface RecordCheck extends Pick<Finding, 'interface' | 'kind' | 'check'> {
  /** A table or view of the warehouse. */
  readonly of: string;
  /** SQL: true of a record that offends. */
  readonly offends: string;
  readonly limits: Limits;
  /** SQL: an offender as text. */
  readonly shown: string;
}

const FILMS = { interface: 'film-api', of: 'listed_films', shown: 'movie_id' } as const;
const USERS = { interface: 'user-api', of: 'profiles', shown: 'user_id::varchar' } as const;
const ANSWERS = {
  interface: 'answers',
  of: 'answers',
  shown: "'user ' || user_id || ' at ' || strftime(make_timestamp(epoch_us(ts)), '%Y-%m-%dT%H:%M:%SZ')",
} as const;
const VIEWS = { interface: 'log', of: "(from views where win = 'current')" } as const;
const RATINGS = { interface: 'log', of: "(from ratings where win = 'current')" } as const;

const PAIR = "'user ' || user_id || ', ' || movie_id || ', '";

const missing = (field: string, limits: Limits, offends = `${field} is null`) =>
  ({ kind: 'missing', check: field, offends, limits }) as const;

/** Values that nothing real has: hardly any is tolerated. */
const impossible = (check: string, offends: string) =>
  ({ kind: 'range', check, offends, limits: { warn: 0.001, bad: 0.01 } }) as const;

const rare = { warn: 0.05, bad: 0.25 };

/** The limits leave room for what the real site shows. `lastYear` is that of the newest event. */
const recordChecks = (lastYear: number, ratingHigh: number): readonly RecordCheck[] => [
  { ...FILMS, ...missing('year', rare) },
  { ...FILMS, ...missing('genres', rare, 'len(genres) = 0') },
  { ...FILMS, ...missing('runtime', rare) },
  { ...FILMS, ...missing('language', rare) },
  { ...FILMS, ...missing('overview', { warn: 0.1, bad: 0.5 }) },
  // The site need not tell it. What is not told is unknown, never zero.
  { ...FILMS, ...missing('cost', { warn: 0.2, bad: null }) },
  { ...FILMS, kind: 'range', check: 'cost is 0', offends: 'cost = 0', limits: { warn: 0.1, bad: 0.5 } },
  { ...FILMS, ...impossible('cost above 100 USD', 'cost > 100') },
  { ...FILMS, ...impossible('year impossible', `year not between 1870 and ${lastYear + 5}`) },
  { ...FILMS, ...impossible('runtime above 1500 minutes', 'runtime > 1500') },
  { ...FILMS, kind: 'duplicates', check: 'same title and year', offends: 'same_title > 1', limits: rare },

  { ...USERS, ...missing('age', rare) },
  { ...USERS, ...missing('gender', rare) },
  { ...USERS, ...missing('occupation', rare) },
  { ...USERS, ...missing('likes', { warn: 0.5, bad: 0.9 }) },
  { ...USERS, ...missing('dislikes', { warn: 0.5, bad: 0.9 }) },
  { ...USERS, ...impossible('age outside 8 to 90', 'age not between 8 and 90') },

  {
    ...{ ...VIEWS, kind: 'range', check: 'minutes beyond the runtime', offends: 'minutes > runtime + 1' },
    ...{ limits: { warn: 0.05, bad: 0.25 }, shown: `${PAIR} || minutes || ' of ' || runtime || ' minutes'` },
  },
  {
    ...{ ...RATINGS, ...impossible('rating off the scale', `rating <= 0 or rating > ${ratingHigh}`) },
    shown: `${PAIR} || 'rated ' || rating`,
  },

  // 99 of 100 answers is what the site rewards, 70 what it asks for.
  {
    ...ANSWERS,
    kind: 'schema',
    check: 'status is not 200',
    offends: 'status <> 200',
    limits: { warn: 0.01, bad: 0.3 },
  },
  {
    ...ANSWERS,
    kind: 'range',
    check: 'later than 600 ms',
    offends: 'latency_ms > 600',
    limits: { warn: 0.01, bad: 0.3 },
  },
  {
    ...{ ...ANSWERS, of: '(from answers where status = 200)', kind: 'missing', check: 'fewer than 20 films' },
    ...{ offends: 'list_length < 20', limits: { warn: 0.01, bad: 0.1 } },
  },
];

const EXAMPLES_MAX = 3;

export async function findRecords({ windows, rows }: Warehouse, ratingHigh: number): Promise<Finding[]> {
  const lastYear = new Date(windows.current.toMs).getUTCFullYear();
  const findings: Finding[] = [];
  for (const { of, offends, shown, limits, ...about } of recordChecks(lastYear, ratingHigh)) {
    const [counts] = await rows<{ offenders: number; samples: number }>(
      `select (count(*) filter (where ${offends}))::double as offenders, count(*)::double as samples from ${of}`,
    );
    const { offenders, samples } = counts!;
    const examples =
      offenders === 0
        ? []
        : await rows<{ shown: string }>(
            `select ${shown} as shown from ${of} where ${offends} order by shown limit ${EXAMPLES_MAX}`,
          );
    findings.push(shareFinding(about, { offenders, samples, examples: examples.map((row) => row.shown) }, limits));
  }
  return findings;
}
