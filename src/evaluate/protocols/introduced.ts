/** The strangers of `cold-text` as test cases, once somebody has worded what they say and read it. */

import { fail, succeed, type Result } from '../../core/errors.js';
import { isSilent } from '../../engine/profile-taste.js';
import type { Stranger as Understood } from '../../engine/strangers.js';
import type { TestCase } from '../cases.js';
import type { ColdTextCut, Stranger } from './cold-text.js';
import { mixesTimes, type Cuts } from './protocol.js';

export interface Introduction {
  /** In the stranger's own words. */
  readonly words: string;
  /** What was understood of them, in dense films. */
  readonly understood: Understood;
}

/** Errors: data-missing, where there is no stranger. */
export function introduced(
  cuts: readonly ColdTextCut[],
  introduce: (stranger: Stranger) => Introduction,
): Result<Cuts> {
  const told = cuts.filter(({ strangers }) => strangers.length > 0);
  if (told.length === 0) {
    return fail('data-missing', 'nobody has both a taste to tell of and a liked film to be found', {
      hint: 'cold-text needs ratings, or how far films were watched, and genres: import them, or choose another protocol.',
    });
  }
  return succeed({
    cuts: told.map(({ name, train, strangers }) => ({
      ...{ name, train, strangers: true },
      cases: strangers.map((stranger) => caseOf(stranger, introduce(stranger))),
    })),
    notes: [
      `${cuts.length} seeded folds over users, nothing of a test user in training; a random half of their films is what they speak of, the liked ones of the other half are to be found`,
      'they tell up to three favourite genres and two films in the words of simulated viewers; the two films are neither answered nor to be found, and a film misread as named is not answered: to be found, it counts as missed',
      mixesTimes,
    ],
  });
}

function caseOf({ user, bestFilms, relevant }: Stranger, { words, understood }: Introduction): TestCase {
  const { taste, seen: named } = understood;
  const seen = [...new Set([...bestFilms, ...named])];
  return {
    ...{ user, history: new Int32Array(0), preferences: new Float32Array(0), relevant },
    text: { words, writtenMs: 0 },
    stranger: isSilent(named, taste) ? { seen } : { taste, seen },
  };
}
