/** Ways in which a model could know an answer beforehand, each with its name: a cut that has one is not evaluated. */

import { fail, succeed, type Result } from '../core/errors.js';
import type { Cut } from './cases.js';

type LeakName =
  | 'future-item' // a training interaction that is not before the cut
  | 'test-user-in-training' // of a protocol whose test users must be strangers
  | 'target-in-history' // a film to be found is among those the user vector is made from
  | 'duplicate-across-split' // the pair of user and film is in the training half too
  | 'text-after-split'; // what a user wrote is not from before the cut

/** What was found, or undefined. */
type Check = (cut: Cut) => string | undefined;

const checks: Readonly<Record<LeakName, Check>> = {
  'future-item': ({ train, cutMs }) => {
    if (cutMs === undefined) return undefined;
    const at = train.time.findIndex((time) => !isBefore(time, cutMs));
    if (at < 0) return undefined;
    return `user ${train.users[train.userOf[at]!]!} met ${filmAt(train, at)} at ${isoTime(train.time[at]!)}, not before ${isoTime(cutMs)}`;
  },
  'test-user-in-training': ({ train, cases, strangers }) => {
    if (strangers !== true) return undefined;
    const tested = new Set(cases.map(({ user }) => user));
    const at = train.userOf.findIndex((user) => tested.has(train.users[user]!));
    return at < 0 ? undefined : `test user ${train.users[train.userOf[at]!]!} has interactions to train on`;
  },
  'target-in-history': ({ train, cases }) => {
    for (const { user, history, relevant } of cases) {
      const film = history.find((row) => relevant.has(row));
      if (film !== undefined) return `user ${user} is to find ${train.films[film]!}, which is in the history`;
    }
    return undefined;
  },
  'duplicate-across-split': ({ train, cases }) => {
    const asked = new Map(cases.map(({ user, relevant }) => [user, relevant]));
    const at = train.filmOf.findIndex((film, i) => asked.get(train.users[train.userOf[i]!]!)?.has(film) ?? false);
    return at < 0
      ? undefined
      : `user ${train.users[train.userOf[at]!]!} is to find ${filmAt(train, at)}, which is to be trained on`;
  },
  'text-after-split': ({ cases, cutMs }) => {
    if (cutMs === undefined) return undefined;
    const late = cases.find(({ text }) => text !== undefined && !isBefore(text.writtenMs, cutMs));
    return (
      late && `user ${late.user}'s text was written at ${isoTime(late.text!.writtenMs)}, not before ${isoTime(cutMs)}`
    );
  },
};

/** Errors: leak-found, with the leak's name. */
export function refuseLeaks(cut: Cut): Result<void> {
  for (const [leak, check] of Object.entries(checks)) {
    const found = check(cut);
    if (found === undefined) continue;
    return fail('leak-found', `${leak} (${cut.name}): ${found}`, {
      hint: 'Nothing was measured, since the figures would be too good: mend the data or the protocol.',
      fields: { leak, cut: cut.name },
    });
  }
  return succeed(undefined);
}

const filmAt = ({ films, filmOf }: Cut['train'], at: number): string => films[filmOf[at]!]!;
/** An unknown time may be any. */
const isBefore = (ms: number, cutMs: number): boolean => ms > 0 && ms < cutMs;
const isoTime = (ms: number): string => (ms > 0 ? new Date(ms).toISOString() : 'an unknown time');
