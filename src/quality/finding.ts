/** What a check found: plain data, fit to be printed, stored and scraped. */

/** What the service has to do with the site by. */
export const siteInterfaces = ['log', 'user-api', 'film-api', 'answers'] as const;
export type SiteInterface = (typeof siteInterfaces)[number];

export type CheckKind = 'schema' | 'missing' | 'duplicates' | 'range' | 'volume' | 'drift';

/** The later in the list, the more it asks for attention. `too few`: what is there could be chance, or nothing is there. */
export const verdicts = ['too few', 'ok', 'warn', 'bad'] as const;
export type Verdict = (typeof verdicts)[number];

/** How `value` is to be read. */
export type Unit = 'share' | 'count' | 'PSI' | 'JS' | 'difference';

/** One category of a distribution, as shares of the two windows. */
export interface Category {
  readonly name: string;
  readonly current: number;
  readonly reference: number;
}

export interface Finding {
  readonly interface: SiteInterface;
  readonly kind: CheckKind;
  readonly check: string;
  /** Null when there is nothing to tell it from. */
  readonly value: number | null;
  readonly unit: Unit;
  /** What it was told from: lines, records, users; of drift the smaller of the two windows. */
  readonly samples: number;
  readonly expectation: string;
  readonly verdict: Verdict;
  /** What offends: ids, lines, hours, or the categories that moved most. */
  readonly examples: readonly string[];
  /** Of drift: what a value exceeds by chance once in a thousand. */
  readonly noise?: number;
  /** Of drift between distributions: all of both, the largest change first. */
  readonly categories?: readonly Category[];
}

/** What a report says as a whole. */
export const worstOf = (all: readonly Verdict[]): Verdict =>
  all.reduce((worst, verdict) => (verdicts.indexOf(verdict) > verdicts.indexOf(worst) ? verdict : worst), 'too few');

export const percent = (share: number): string => `${Number((share * 100).toPrecision(share < 0.01 ? 2 : 3))} %`;
