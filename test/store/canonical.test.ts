/** The canonical text: equal for equal content in whatever order it came, different for any other content. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { canonicalLines } from '../../src/store/canonical.js';
import { waitForViewing, type HeldLine } from '../../src/store/held.js';
import { openState, type State } from '../../src/store/state.js';

let folder: string;
let state: State;
let other: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = unwrap(openState(join(folder, 'state')));
  other = unwrap(openState(join(folder, 'other')));
});

afterEach(async () => {
  await Promise.all([state.close(), other.close()]);
  await rm(folder, { recursive: true });
});

const film = (id: string) => ({ id, title: id, year: 1999, genres: ['War'] });
const line: HeldLine = {
  ...{ partition: 1, offset: 7, reason: 'minute-order', waitsFor: waitForViewing(3, 1), provisional: true },
  bytes: Buffer.from('2022-11-14T00:00:00,3,GET /data/m/b/90.mpg'),
};
const request = { timeMs: 5, fingerprint: 1, user: 3, status: 200, latencyMs: 4, listLength: 20, list: 9 };

test('every part is told, one line each', () => {
  state.films.put(film('b'));
  state.films.put({ ...film('a'), cost: 0.5, runtime: 90, lookedUpMs: 99 });
  state.users.put(3, { age: 40, createdMs: 2000, lookedUpMs: 99 });
  state.histories.merge(3, [
    { film: 0, rating: null, minutes: 5, timeMs: 1_000_000 },
    { film: 1, rating: 3.5, minutes: null, timeMs: 2_000_000 },
  ]);
  state.held.put(line);
  state.partitions.put(1, { from: 0, next: 8, sinceMs: 1, newestMs: 2, ratings: { 3: 1 } });
  state.requests.add(request);
  state.lines.add('accepted watch', 2);
  state.lines.add('duplicates', 1);
  for (const n of [1, -1]) state.lines.add('held film-unknown', n);
  state.histories.edit(5, (history) => {
    history.watch(0, 1, 10, 10, 0);
    history.unwatch(0);
  });
  state.meta.setRatingHigh(5);

  expect([...canonicalLines(state)].map((text) => JSON.parse(text) as unknown)).toEqual([
    { ratingHigh: 5 },
    {
      ...{ film: 'a', title: 'a', year: 1999, genres: ['War'], runtime: 90, language: null, overview: null, cost: 0.5 },
      ...{ maturity: { class: 'unknown', source: '' }, listing: 'listed' },
    },
    {
      ...{
        film: 'b',
        title: 'b',
        year: 1999,
        genres: ['War'],
        runtime: null,
        language: null,
        overview: null,
        cost: null,
      },
      ...{ maturity: { class: 'unknown', source: '' }, listing: 'listed' },
    },
    { user: 3, age: 40, gender: null, occupation: null, likes: null, dislikes: null, createdMs: 2000 },
    {
      history: 3,
      films: [
        ['a', 3.5, 2000, null, 0, 0, 0],
        ['b', null, 0, 5, 1000, 1000, 700],
      ],
    },
    {
      ...{ partition: 1, offset: 7, reason: 'minute-order', waitsFor: 'viewing 3 a', provisional: true },
      held: '2022-11-14T00:00:00,3,GET /data/m/b/90.mpg',
    },
    { partition: 1, next: 8 },
    { request },
    { lines: 'accepted watch', count: 2 },
  ]);
});

const event = fc.record({
  user: fc.nat(3),
  film: fc.constantFrom('a', 'b', 'c'),
  rating: fc.option(fc.nat(5)),
  minutes: fc.option(fc.nat(120)),
  timeMs: fc.nat(9).map((n) => n * 1_000_000),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

function fill(target: State, events: readonly Event[]): void {
  target.transaction(() => {
    for (const { user, film: id, ...facts } of events) {
      target.histories.merge(user, [{ ...facts, film: target.films.put(film(id)) }]);
    }
  });
}

/** Both states emptied of what the last run left. */
async function renew(): Promise<void> {
  await Promise.all([state.close(), other.close()]);
  for (const name of ['state', 'other']) await rm(join(folder, name), { recursive: true });
  state = unwrap(openState(join(folder, 'state')));
  other = unwrap(openState(join(folder, 'other')));
}

test('the order and the repetition of events do not show; one event more does', async () => {
  const shuffled = fc
    .array(event, { minLength: 1, maxLength: 12 })
    .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
  await fc.assert(
    fc.asyncProperty(shuffled, async ([events, again]) => {
      await renew();
      fill(state, events);
      fill(other, [...again, ...events]);
      expect([...canonicalLines(other)]).toEqual([...canonicalLines(state)]);
      fill(other, [{ user: 4, film: 'a', rating: null, minutes: null, timeMs: 0 }]);
      expect([...canonicalLines(other)]).not.toEqual([...canonicalLines(state)]);
    }),
    { numRuns: 20 },
  );
});
