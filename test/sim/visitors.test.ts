/** People at the simulated site: what they do is in the log of the next second, and nothing else is. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { fixedRecommender } from '../../src/sim/grader/fixed.js';
import { guestSchema } from '../../src/sim/site/guest.js';
import { createVisitors } from '../../src/sim/site/visitors.js';
import { profile, ratingScale, smallSite, startMs } from './small-site.js';

/** A film, and how long it is. */
const FILM = 5;
const USER = 181;

test('who signs up has the next account, a line in the log, and a profile for the user API', () => {
  const { visitors, second } = smallSite();
  expect(visitors.profile(USER)).toBeUndefined();
  const user = unwrap(visitors.signUp(profile));
  expect(user).toBe(USER);
  expect(visitors.profile(user)).toEqual({ id: user, ...profile });
  expect(linesOf(user, second())).toEqual([{ timeMs: startMs, what: 'GET /create_account' }]);
  expect(linesOf(user, second())).toEqual([]);
  expect(unwrap(visitors.signUp(profile))).toBe(USER + 1);
});

test('what somebody watches ends now, a line a minute from the first', () => {
  const { site, visitors, second } = smallSite();
  const user = unwrap(visitors.signUp(profile));
  for (let i = 0; i < 30; i++) second();
  const nowMs = startMs + 29_000;
  unwrap(visitors.watch(user, FILM, 40));
  const lines = linesOf(user, second());
  expect(lines).toEqual(
    Array.from({ length: 41 }, (_, minute) => ({
      timeMs: nowMs - (40 - minute) * 60_000,
      what: `GET /data/m/${site.world.ids[FILM]}/${minute}.mpg`,
    })),
  );
});

test('the lines behind a viewing have the time of their second', () => {
  const { visitors, second, site } = smallSite();
  const user = unwrap(visitors.signUp(profile));
  unwrap(visitors.watch(user, FILM, 40));
  unwrap(visitors.rate(user, FILM, ratingScale));
  const lines = linesOf(user, second());
  expect(lines).toHaveLength(43);
  expect(lines.at(-1)).toEqual({ timeMs: startMs, what: `GET /rate/${site.world.ids[FILM]}=${ratingScale}` });
});

test('a request is asked of the recommender and in the log like any other', async () => {
  const asked: string[] = [];
  const world = smallSite().site.world;
  const recommender = fixedRecommender(world.ids, (user) => {
    asked.push(user);
    return [3, 1];
  });
  const { visitors, second } = smallSite({ recommender });
  const user = unwrap(visitors.signUp(profile));
  const answer = unwrap(await visitors.recommend(user));
  expect(answer).toMatchObject({ status: 200, films: [3, 1] });
  expect(asked).toEqual([String(user)]);
  const [, request] = linesOf(user, second());
  expect(request!.what).toMatch(/^recommendation request \S+, status 200, result: /);
  expect(request!.what.endsWith(`result: ${world.ids[3]}, ${world.ids[1]}, 12 ms`)).toBe(true);
});

test('before there is a recommender, nothing is recommended', async () => {
  const { site } = smallSite();
  const visitors = createVisitors({ site, recommender: () => undefined, ratingScale });
  const user = unwrap(visitors.signUp(profile));
  expect(await visitors.recommend(user)).toMatchObject({ ok: false, error: { code: 'check-failed' } });
});

test('nobody acts for the viewers of the world', async () => {
  const { visitors, site } = smallSite();
  for (const user of [7, USER, -1, NaN]) {
    for (const refusal of [
      visitors.watch(user, FILM, 1),
      visitors.rate(user, FILM, 1),
      await visitors.recommend(user),
    ]) {
      expect(refusal).toMatchObject({ ok: false, error: { code: 'check-failed' } });
    }
    expect(visitors.has(user)).toBe(false);
  }
  visitors.write();
  expect(site.lines.count).toBe(0);
});

test('nor does the world act for people, whether they come or come back', () => {
  const { site, visitors } = smallSite();
  unwrap(visitors.signUp(profile));
  visitors.restore([{ user: 9, profile, deeds: [] }]);
  const seated = new Set<number>();
  for (;;) {
    const user = site.audience.sit('everybody');
    if (user === undefined) break;
    seated.add(user);
  }
  expect(seated.size).toBeGreaterThan(100);
  expect([USER, 9].filter((user) => seated.has(user))).toEqual([]);
});

test('a film ends, a scale ends, a catalogue ends, and so do the accounts', () => {
  const { site, visitors } = smallSite();
  const user = unwrap(visitors.signUp(profile));
  const runtime = site.world.film(FILM).runtime!;
  const messageOf = (refusal: ReturnType<typeof visitors.watch>): string =>
    refusal.ok ? 'not refused' : refusal.error.message;
  expect(messageOf(visitors.watch(user, FILM, runtime))).toBe('not refused');
  expect(messageOf(visitors.watch(user, FILM, runtime + 1))).toContain(`at most ${runtime}`);
  expect(messageOf(visitors.rate(user, FILM, ratingScale))).toBe('not refused');
  expect(messageOf(visitors.rate(user, FILM, ratingScale + 1))).toContain(`at most ${ratingScale}`);
  site.conditions.filmsAvailable = FILM;
  expect(messageOf(visitors.watch(user, FILM, 1))).toContain('does not have this film');
  for (let i = 1; i < 20; i++) unwrap(visitors.signUp(profile));
  expect(visitors.signUp(profile)).toMatchObject({ ok: false, error: { code: 'check-failed' } });
});

test('what waits for a log that takes nothing is bounded', () => {
  const { visitors } = smallSite();
  const user = unwrap(visitors.signUp(profile));
  let done = 0;
  while (visitors.rate(user, FILM, 1).ok) done++;
  expect(done).toBe(999);
  visitors.write();
  expect(visitors.rate(user, FILM, 1).ok).toBe(true);
  expect(visitors.deeds(user)).toHaveLength(200);
});

test('people outlive the process, by way of JSON', () => {
  const first = smallSite();
  const user = unwrap(first.visitors.signUp(profile));
  unwrap(first.visitors.watch(user, FILM, 30));
  unwrap(first.visitors.rate(user, FILM, 4));
  const kept = JSON.parse(JSON.stringify(first.visitors.guests())) as unknown;

  const second = smallSite({ registered: first.site.audience.registered });
  second.visitors.restore(guestSchema.array().parse(kept));
  expect(second.visitors.guests()).toEqual(first.visitors.guests());
  expect(second.visitors.deeds(user)).toMatchObject([
    { kind: 'watched', film: FILM, value: 30 },
    { kind: 'rated', film: FILM, value: 4 },
  ]);
  expect(second.visitors.profile(user)).toEqual({ id: user, ...profile });
  unwrap(second.visitors.rate(user, FILM, 5));
  expect(unwrap(second.visitors.signUp(profile))).toBe(user + 1);
});

/** Lines of one user. Their time to the second, which a line leaves out when it is 0. */
function linesOf(user: number, lines: readonly string[]): { timeMs: number; what: string }[] {
  return lines.flatMap((line) => {
    const [, time, who, what] = /^([^,]*),(\d+),(.*)$/.exec(line)!;
    const timeMs = Date.parse(`${time!.slice(0, 19).padEnd(19, ':00')}Z`);
    return Number(who) === user ? [{ timeMs, what: what! }] : [];
  });
}
