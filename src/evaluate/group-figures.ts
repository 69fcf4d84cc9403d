/** Figures by group of users. */

import type { UserFacts } from '../dataset/facts.js';
import { figuresOf, type Figures } from './figures.js';
import { groupOf, type Grouping } from './groups.js';
import type { Measurement, Window } from './measure.js';

/** A smaller group is counted and named: its figures would be chance. */
const leastUsers = 30;

export interface Group {
  readonly by: Grouping;
  readonly name: string;
  readonly users: number;
  /** Absent for a group that is too small. */
  readonly figures?: Figures;
}

/**
 * Large groups first.
 * @param which indexes of windows
 * @param users by id; who is not in it is unknown
 */
export function groupsBy(
  by: Grouping,
  measurement: Measurement,
  which: readonly number[],
  users: ReadonlyMap<number, UserFacts>,
  baseline: string,
  seed: number,
): Group[] {
  const { windows, films } = measurement;
  const moments = new Map(windows.map(({ cut }) => [cut, 0]));
  for (const cut of moments.keys()) moments.set(cut, momentOf(cut));
  const members = new Map<string, number[]>();
  for (const i of which) {
    const { cut, test } = windows[i]!;
    const name = groupOf(by, { test, momentMs: moments.get(cut)! }, { users, films });
    const group = members.get(name);
    if (group === undefined) members.set(name, [i]);
    else group.push(i);
  }
  return Array.from(members, ([name, own]): Group => {
    const count = new Set(own.map((i) => windows[i]!.test.user)).size;
    if (count < leastUsers) return { by, name, users: count };
    return { by, name, users: count, figures: figuresOf(measurement, own, baseline, seed) };
  }).sort((a, b) => b.users - a.users);
}

/** Of asking: the cut, or the newest training interaction where there is none. */
const momentOf = ({ cutMs, train }: Window['cut']): number =>
  cutMs ?? train.time.reduce((newest, time) => Math.max(newest, time), 0);
