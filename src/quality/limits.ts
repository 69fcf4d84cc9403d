/** When a value is a reason to look (warn) or a fault (bad), and when there is too little to say so. */

import type { Finding, Verdict } from './finding.js';
import { percent } from './finding.js';

export interface Limits {
  readonly warn: number;
  /** Null where no value is a fault. */
  readonly bad: number | null;
}

/** Of records whose share is judged, and of users, requests or lines in each of two windows that are compared. */
const SHARE_SAMPLES_MIN = 100;
const DRIFT_SAMPLES_MIN = 500;

export const driftLimits = {
  PSI: { warn: 0.1, bad: 0.25 },
  JS: { warn: 0.1, bad: 0.2 },
  /** Of shares and Gini coefficients. */
  difference: { warn: 0.05, bad: 0.1 },
} as const;

/** A limit counts as reached when chance alone would exceed it less than once in a thousand (Poisson, as a normal). */
const Z_NOISE = 3.09;

/** `offenders` of `samples`. */
export function judgeShare(offenders: number, samples: number, { warn, bad }: Limits): Verdict {
  if (samples < SHARE_SAMPLES_MIN) return 'too few';
  const reaches = (limit: number): boolean => {
    const expected = limit * samples;
    return offenders > 0 && offenders >= expected + Z_NOISE * Math.sqrt(expected);
  };
  return bad !== null && reaches(bad) ? 'bad' : reaches(warn) ? 'warn' : 'ok';
}

/** A value from the limit on that chance explains is neither drift nor none. */
export function judgeDrift(value: number, noise: number, samples: number, { warn, bad }: Limits): Verdict {
  if (samples < DRIFT_SAMPLES_MIN || (value >= warn && value <= noise)) return 'too few';
  return bad !== null && value >= bad ? 'bad' : value >= warn ? 'warn' : 'ok';
}

const shareExpectation = ({ warn, bad }: Limits): string =>
  `below ${percent(warn)}${bad === null ? '' : `, fault from ${percent(bad)}`}`;

export const driftExpectation = ({ warn, bad }: Limits): string =>
  `below ${warn}${bad === null ? '' : `, fault from ${bad}`}`;

/** The finding of a share, judged. */
export function shareFinding(
  about: Pick<Finding, 'interface' | 'kind' | 'check'>,
  { offenders, samples, examples }: { offenders: number; samples: number; examples: readonly string[] },
  limits: Limits,
): Finding {
  return {
    ...about,
    ...{ value: samples === 0 ? null : offenders / samples, unit: 'share', samples },
    ...{ expectation: shareExpectation(limits), verdict: judgeShare(offenders, samples, limits), examples },
  };
}
