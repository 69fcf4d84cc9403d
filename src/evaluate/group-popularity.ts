/** Popularity among those of the user's age and gender: what can be known of people without knowing what they watch. */

import { groupLifts, groupsOf } from '../cold/group-lift.js';
import { succeed } from '../core/errors.js';
import { unknownUser, type UserFacts } from '../dataset/facts.js';
import { filmCounts } from '../train/popularity.js';
import { groupBaseline } from './baselines.js';
import type { Contender } from './measure.js';

/**
 * A film's score is log(1 + interactions), plus how much more often than others the user's groups met it (cold/group-lift.ts). Who
 * is in no known group gets popularity.
 * @param users by id
 */
export const groupPopularity = (users: ReadonlyMap<number, UserFacts>): Contender => ({
  name: groupBaseline,
  answer: ({ train, cases }, k) => {
    const factsOf = (user: number): UserFacts => users.get(user) ?? unknownUser;
    const everything = new Uint8Array(train.filmOf.length).fill(1);
    const lifts = groupLifts(train, everything, Array.from(train.users, factsOf));
    const popularity = filmCounts(train).map((count) => Math.log(1 + count));
    const width = lifts.length / popularity.length;
    const rankings = new Map<string, Int32Array>();

    const rankingFor = (groups: readonly number[]): Int32Array => {
      const known = rankings.get(groups.join());
      if (known !== undefined) return known;
      const scores = popularity.map((score, film) =>
        groups.reduce((sum, group) => sum + lifts[film * width + group]!, score),
      );
      const ranking = Int32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
      rankings.set(groups.join(), ranking);
      return ranking;
    };
    const lists = cases.map(({ user, history, stranger }) => {
      const met = new Set([...history, ...(stranger?.seen ?? [])]);
      const list: number[] = [];
      for (const film of rankingFor(groupsOf(factsOf(user)))) {
        if (list.length === k) break;
        if (!met.has(film)) list.push(film);
      }
      return Int32Array.from(list);
    });
    return Promise.resolve(succeed(lists));
  },
});

/** Whether there is a group that anybody is known to be in. */
export const knowsGroups = (users: ReadonlyMap<number, UserFacts>): boolean =>
  [...users.values()].some((facts) => groupsOf(facts).length > 0);
