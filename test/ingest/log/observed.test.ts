/** What the log says of our answers, line by line. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../../src/core/errors.js';
import { openState, type State } from '../../../src/store/state.js';
import { rated, timeAt, watched, writerOf } from './lines.js';

const FILMS = ['heat+1995', 'alien+1979', 'fargo+1996'];
const at = (minutes: number): number => Date.parse(`${timeAt(minutes)}Z`);
const answered = (minutes: number, user: number, ...films: string[]): string =>
  `${timeAt(minutes)},${user},recommendation request films:8082, status 200, result: ${films.join(', ')}, 12 ms`;
const failed = (minutes: number, user: number, status: number): string =>
  `${timeAt(minutes)},${user},recommendation request films:8082, status ${status}, result: Request timeout, 600 ms`;

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = unwrap(openState(folder));
  for (const id of FILMS) state.films.put({ id, title: id, year: null, genres: [] });
});
afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

test('a request that is delivered twice is one, and a new writer knows the day from the state', () => {
  const { writer, read } = writerOf(state);
  const lines = [answered(0, 1, 'heat+1995'), answered(1, 2, 'alien+1979'), failed(2, 3, 0), failed(90, 4, 400)];
  read(0, ...lines);
  read(1, ...lines);
  for (const { observed } of [writer, writerOf(state).writer]) {
    expect(observed.at(at(91))).toMatchObject({
      hour: { requests: 1, byStatus: { 400: 1 }, availability: 0 },
      day: { requests: 4, byStatus: { 200: 2, 0: 1, 400: 1 }, availability: 0.5 },
    });
  }
  read(0, answered(92, 5, 'heat+1995'));
  expect(writer.observed.at(at(92)).hour).toEqual({
    ...{ requests: 2, byStatus: { 200: 1, 400: 1 }, availability: 0.5 },
  });
});

test('no request, no share', () => {
  const { writer, read } = writerOf(state);
  read(0, watched(0, 1, 'heat+1995', 0));
  expect(writer.observed.at(at(1))).toEqual({
    ...{ personalShare: undefined, watchedAfterShare: undefined },
    hour: { requests: 0, byStatus: {}, availability: undefined },
    day: { requests: 0, byStatus: {}, availability: undefined },
  });
});

test('the running hour tells the personal share until there is a full one', () => {
  const { writer, read } = writerOf(state);
  read(0, answered(0, 1, 'heat+1995'), answered(1, 2, 'heat+1995'), answered(2, 3, 'alien+1979'), failed(3, 4, 0));
  expect(writer.observed.at(at(3)).personalShare).toBe(0.25);
  read(0, answered(70, 1, 'heat+1995'));
  expect(writer.observed.at(at(70)).personalShare).toBe(0.25);
});

test('who watched what was listed, once for each answer, whatever partition tells it first', () => {
  const { writer, read } = writerOf(state);
  const users = Array.from({ length: 40 }, (_, i) => 1 + i);
  const asks = users.map((user) => answered(10, user, 'unheard+of+2026', 'heat+1995', 'alien+1979'));
  const begins = users
    .slice(0, 10)
    .flatMap((user) => [
      ...[0, 1, 2, 3].map((minute) => watched(20 + minute, user, 'heat+1995', minute)),
      watched(50, user, 'alien+1979', 0),
    ]);
  // Not listed; begun before; not begun in this log; rated, not watched.
  const others = [
    ...[watched(20, 11, 'fargo+1996', 0), watched(20, 12, 'heat+1995', 12), watched(20, 13, 'heat+1995', 55)],
    rated(20, 14, 'heat+1995', 4),
  ];
  read(1, ...begins, ...others);
  read(0, ...asks);
  expect(writer.observed.at(at(200)).watchedAfterShare).toBeCloseTo(10 / 40, 10);
});
