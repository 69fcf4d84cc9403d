/** When everybody's words are to be read anew, and how all come into the queue without one large transaction. */

import type { State } from '../../store/state.js';
import type { UserProfile } from '../../store/users.js';

/** Raised when src/text reads a text in another way, or another part of what it reads is stored. */
const PROFILE_RULES = 1;

/** Users of one transaction. */
const PAGE = 5000;
/** Who names a film that the catalogue does not hold yet is read again once it has grown by a quarter. */
const GROWTH = 1.25;
const GROWTH_MS = 3_600_000;

export interface ReadAgain {
  /**
   * Puts the next ones into the queue; returns whether there was anything to do.
   * @param films how many the reader knows by now
   */
  turn(films: number): boolean;
}

/** @param model the language model that reads, too; undefined without one */
export function createReadAgain(state: State, model: string | undefined): ReadAgain {
  const { meta, users } = state;
  const rules = [PROFILE_RULES, model ?? ''].join(' ').trim();
  /** The first user who may not be in the queue yet, and what will have been read when all are. */
  let passing: { from: number; readonly films: number } | undefined;

  let lookedMs = -Infinity;

  /**
   * Growth is looked at once an hour, for to read everybody takes many commits; rules at the start alone: else two that read by
   * different ones would undo each other's work for ever.
   */
  function isDue(films: number): boolean {
    const isStart = lookedMs === -Infinity;
    const nowMs = performance.now();
    if (nowMs - lookedMs < GROWTH_MS) return false;
    lookedMs = nowMs;
    const last = meta.profilesMadeBy();
    return (isStart && last?.rules !== rules) || films >= GROWTH * Math.max(1, last?.films ?? 0);
  }

  return {
    turn: (films) => {
      if (passing === undefined) {
        if (!isDue(films)) return false;
        passing = { from: 0, films };
      }
      const { from, films: known } = passing;
      const page = [...users.all(from, PAGE)];
      passing = state.transaction(() => {
        for (const [user, facts] of page) if (saysAnything(facts)) state.profiles.want(user, 'again');
        if (page.length === PAGE) return { from: page.at(-1)![0] + 1, films: known };
        meta.setProfilesMadeBy({ rules, films: known });
        return undefined;
      });
      return true;
    },
  };
}

const saysAnything = ({ likes, dislikes, age, gender }: UserProfile): boolean =>
  [likes, dislikes, age, gender].some((fact) => fact !== null);
