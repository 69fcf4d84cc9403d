/** Every fault and attack, played on a stage: it does what it says, and leaves nothing behind. */

import { expect, test } from 'vitest';
import { goodBehaviour, type ApiBehaviour } from '../../src/sim/api/behaviour.js';
import { kinds } from '../../src/sim/scenario/kinds.js';
import { malformedUsers } from '../../src/sim/scenario/requests.js';
import type { InjectedEvent, Settings } from '../../src/sim/scenario/stage.js';
import { calm, play, scenarioOf, world, type Second } from './recorded-stage.js';

const BEGIN = 10;
const SECONDS = 600;
const END = BEGIN + SECONDS;
const film = world.ids[7]!;

/** The seconds of the act, with those before and behind it. */
function during(kind: string, parameters: object = {}) {
  const act = { kind, at: `${BEGIN}s`, for: `${SECONDS}s`, ...parameters };
  const { seconds, assigned } = play(scenarioOf(act), END + 10);
  const on = seconds.slice(BEGIN, END);
  return {
    before: seconds.slice(0, BEGIN),
    on,
    after: seconds.slice(END),
    events: on.flatMap(({ events }) => events),
    requests: on.flatMap(({ requests }) => requests),
    assigned,
  };
}

const settingsOf = ({ conditions, log, api }: Second): Settings => ({ conditions, log, api });
const filmOf = { film };
const needed: Readonly<Record<string, object>> = {
  shilling: { film, direction: 'push' },
  'biased-population': { gender: 'F' },
};

test.each([...kinds.keys()])('%s leaves nothing behind', (kind) => {
  const { before, on, after } = during(kind, needed[kind]);
  for (const { events, requests } of [...before, ...after]) expect([events, requests]).toEqual([[], []]);
  for (const second of after) expect(settingsOf(second)).toEqual(calm());
  if (kind !== 'catalogue-growth') for (const second of before) expect(settingsOf(second)).toEqual(calm());
  const traces = on.filter(
    (second) =>
      second.events.length + second.requests.length > 0 ||
      JSON.stringify(settingsOf(second)) !== JSON.stringify(calm()),
  );
  expect(traces.length).toBeGreaterThan(0);
});

const settings: readonly [string, object, Partial<Record<keyof Settings, object>>][] = [
  ['line-faults', {}, { log: { faults: 'measured' } }],
  ['line-faults', { rates: { long: 0.5 } }, { log: { faults: { long: 0.5 } } }],
  ['duplicate-batches', { share: 0.2 }, { log: { duplicateBatchShare: 0.2 } }],
  ['log-outage', {}, { log: { withheld: true } }],
  ['price-change', { factor: 3 }, { conditions: { costFactor: 3 } }],
  ['biased-population', { minAge: 60, gender: 'F' }, { conditions: { arrivals: { minAge: 60, gender: 'F' } } }],
  ['popularity-loop', { followShare: 1 }, { conditions: { followShare: 1, popularityPull: 2 } }],
];

test.each(settings)('%s %j sets %j', (kind, parameters, expected) => {
  for (const second of during(kind, parameters).on) expect(second).toMatchObject(expected);
});

const behaviours: readonly [string, object, Partial<ApiBehaviour>][] = [
  ['api-errors', { share: 0.4 }, { errorShare: 0.4 }],
  ['api-rate-limit', { perSecond: 3 }, { requestsPerSecondMax: 3 }],
  ['api-slow', { delayMs: 700 }, { delayMs: 700 }],
  ['api-hanging', {}, { state: 'hanging' }],
  ['api-truncated', { share: 0.1 }, { truncatedShare: 0.1 }],
  ['api-partial', { share: 0.1 }, { leftOutShare: 0.1, unordered: true }],
  ['api-changed-types', {}, { changedTypes: true }],
  ['api-outage', {}, { state: 'refusing' }],
];

test.each(behaviours)('%s %j makes the APIs behave as %j', (kind, parameters, behaviour) => {
  const { on, assigned } = during(kind, parameters);
  for (const { api } of on) expect(api).toEqual({ ...goodBehaviour, ...behaviour });
  expect(assigned).toBe(2);
});

test('invalid-requests asks for what is no user, in all its forms', () => {
  const { requests } = during('invalid-requests', { perMinute: 60 });
  expect(requests).toHaveLength(SECONDS);
  expect(new Set(requests)).toEqual(new Set(Object.values(malformedUsers)));
  const { requests: some } = during('invalid-requests', { perMinute: 3, forms: ['letters'] });
  expect(some).toEqual(Array(30).fill('abc'));
});

test('request-burst asks for known viewers, so many a second', () => {
  const { on, requests } = during('request-burst', { perSecond: 2.5 });
  expect(requests).toHaveLength(2.5 * SECONDS);
  for (const second of on) expect([2, 3]).toContain(second.requests.length);
  for (const user of requests) expect(world.user(Number(user))).toBeDefined();
  expect(new Set(requests).size).toBeGreaterThan(world.registered / 3);
});

test('minors-asking asks for viewers under the age', () => {
  const { requests } = during('minors-asking', { perMinute: 12, ageBelow: 16 });
  expect(requests).toHaveLength(120);
  for (const user of requests) expect(world.user(Number(user))!.age).toBeLessThan(16);
});

test('taste-drift moves evenly, or at once', () => {
  const shift = (over: string) => during('taste-drift', { to: 0.8, over }).on.map((s) => s.conditions.tasteShift);
  const slow = shift('300s');
  expect([slow[0], slow[150], slow[300], slow[599]]).toEqual([0, 0.4, 0.8, 0.8]);
  expect(slow).toEqual([...slow].sort((a, b) => a - b));
  expect(shift('0s')).toEqual(Array(SECONDS).fill(0.8));
});

test('catalogue-growth holds films back before, and lets them out one by one', () => {
  const { before, on, after } = during('catalogue-growth', { share: 0.25, over: '300s' });
  const films = ({ conditions }: Second): number => conditions.filmsAvailable;
  expect(before.map(films)).toEqual(Array(BEGIN).fill(300));
  expect([on[0]!, on[150]!, on[300]!, on[599]!, after[0]!].map(films)).toEqual([300, 350, 400, 400, 400]);
  const steps = on.slice(1).map((second, i) => films(second) - films(on[i]!));
  expect(new Set(steps)).toEqual(new Set([0, 1]));
});

const own = new Set(Array.from({ length: 10 }, (_, i) => world.firstUser + world.users - 1 - i));

function checkAccounts(events: readonly InjectedEvent[]): void {
  const known = new Set<number>();
  for (const { kind, user } of events) {
    expect(own).toContain(user);
    expect(known.has(user), `${user}: ${kind}`).toBe(kind !== 'create');
    known.add(user);
  }
  expect(known).toEqual(own);
}

test('rating-spam rates any films from accounts of its own', () => {
  const { events } = during('rating-spam', { accounts: 10, perMinute: 90 });
  checkAccounts(events);
  const ratings = events.filter((event) => event.kind === 'rate');
  expect(ratings).toHaveLength(900);
  expect(new Set(ratings.map(({ rating }) => rating))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  expect(new Set(ratings.map((event) => event.film)).size).toBeGreaterThan(300);
  const { events: fixed } = during('rating-spam', { rating: 99 });
  expect(fixed.filter((event) => event.kind === 'rate').every(({ rating }) => rating === 99)).toBe(true);
});

const attack = { ...filmOf, accounts: 10, camouflage: 3, minutes: 2, over: '400s' };

test('shilling pushes: each account watches and rates the film once, and popular ones besides', () => {
  const { events } = during('shilling', { ...attack, direction: 'push' });
  checkAccounts(events);
  const watches = events.filter((event) => event.kind === 'watch');
  const ratings = events.filter((event) => event.kind === 'rate');
  expect(watches).toHaveLength(10 * 4 * 2);
  expect(ratings).toHaveLength(10 * 4);

  const onTarget = ratings.filter((event) => event.film === 7);
  expect(new Set(onTarget.map(({ user }) => user))).toEqual(own);
  expect(onTarget.map(({ rating }) => rating)).toEqual(Array(10).fill(10));
  expect(watches.filter((event) => event.film === 7).map(({ minute }) => minute)).toContain(1);
  // The attack is not always an account's last visit.
  expect(ratings.findIndex((event) => event.film === 7)).toBeLessThan(20);
});

test('shilling nukes: each account rates the film 1, and does not watch it', () => {
  const { events } = during('shilling', { ...attack, direction: 'nuke' });
  checkAccounts(events);
  const onTarget = events.filter((event) => event.kind !== 'create' && event.film === 7);
  expect(onTarget).toHaveLength(10);
  expect(onTarget).toEqual(onTarget.map(({ user }) => ({ kind: 'rate', user, film: 7, rating: 1 })));
});

test('the camouflage of shilling is what everybody watches', () => {
  const { events } = during('shilling', { ...filmOf, direction: 'push', accounts: 100, camouflage: 9, over: '400s' });
  const counts = new Map<number, number>();
  for (const event of events) {
    if (event.kind !== 'rate' || event.film === 7) continue;
    counts.set(event.film, (counts.get(event.film) ?? 0) + 1);
  }
  const usual = new Map<number, number>();
  for (let i = 0; i < 100_000; i++) {
    const picked = world.pickFilm(i / 100_000);
    usual.set(picked, (usual.get(picked) ?? 0) + 1);
  }
  const popular = [...usual].sort((a, b) => b[1] - a[1]).slice(0, 40);
  const share = (of: ReadonlyMap<number, number>): number =>
    popular.reduce((sum, [picked]) => sum + (of.get(picked) ?? 0), 0) / [...of.values()].reduce((a, b) => a + b, 0);
  expect(share(counts)).toBeGreaterThan(share(usual) - 0.08);
  expect(share(counts)).toBeLessThan(share(usual) + 0.08);
});
