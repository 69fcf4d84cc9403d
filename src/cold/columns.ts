/** What stands in the columns behind the model's own, so that words can name it: each kind a range of columns. */

import type { Cold, Model } from '../registry/model.js';
import { genreNames } from '../text/genre-words.js';
import { groupCount } from './group-lift.js';

/** Where each kind begins, behind the model's d; `count` is the number of all. */
export interface ColdColumns {
  /** 1/√(genres of the film) each. */
  readonly genres: 0;
  /** The film's text, t × f32 of length 1, or 0. */
  readonly text: number;
  /** 1 in the decade of the film's year. */
  readonly decades: number;
  /** How many times as often a group likes the film as everyone does, as a logarithm: group-lift.ts. */
  readonly groups: number;
  /** log((1 + likes) / (1 + the most likes of a film)). */
  readonly popularity: number;
  readonly count: number;
}

/** @param text t: columns of the text, 0 or more */
export function coldColumns(text: number): ColdColumns {
  const decades = genreNames.length + text;
  const groups = decades + decadeCount;
  const popularity = groups + groupCount;
  return { genres: 0, text: genreNames.length, decades, groups, popularity, count: popularity + 1 };
}

export interface ColdModel extends Model {
  readonly cold: Cold;
}

export const coldColumnsOf = ({ cold, filmIds }: ColdModel): ColdColumns =>
  coldColumns(cold.columns.length / filmIds.length - coldColumns(0).count);

export const decadeCount = 20;
const FIRST_DECADE = 1870;

/** For people. The first and the last have the years before and after them too. */
export const decadeName = (decade: number): string => `${FIRST_DECADE + 10 * decade}s`;

/** Column of a year among the decades; years before and after count as the first and the last. */
export const decadeOf = (year: number): number =>
  Math.min(decadeCount - 1, Math.max(0, Math.floor((year - FIRST_DECADE) / 10)));
