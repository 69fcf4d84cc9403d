/** A state with something in every database, for the tests of snapshots. */

import { NONE } from '../../src/store/history-codec.js';
import { waitForFilm, waitForViewing } from '../../src/store/held.js';
import type { State } from '../../src/store/state.js';

const USERS = 250;
export const FILMS = 40;

export function fill(state: State): void {
  state.transaction(() => {
    for (let i = 0; i < FILMS; i++) fillFilm(state, i);
    for (let user = 0; user < USERS; user++) fillUser(state, user);
    fillLogFacts(state);
  });
}

/** Ids descend while indexes ascend. */
export const filmId = (i: number): string => `film+${FILMS - i}+1999`;

function fillFilm({ films }: State, i: number): void {
  films.put({
    ...{
      id: filmId(i),
      title: i % 5 === 0 ? 'Ünïcode, "quoted" 電影' : `Film ${i}`,
      year: i % 7 === 0 ? null : 1960 + i,
    },
    ...{ genres: Array.from({ length: i % 4 }, (_, k) => `Genre ${k}`), runtime: i % 3 === 0 ? null : 90.5 + i },
    ...{
      language: i % 2 === 0 ? 'en' : null,
      overview: i % 6 === 0 ? null : 'What happens.',
      cost: [null, 0, 0.25][i % 3]!,
    },
    ...{ maturity: { class: i % 2 === 0 ? 'teen' : 'unknown', source: i % 2 === 0 ? 'list.csv' : '' } },
    ...{ listing: i % 9 === 0 ? 'unverified' : 'listed', lookedUpMs: i % 2 === 0 ? 1_700_000_000_000 : 0 },
  });
}

function fillUser({ users, histories }: State, user: number): void {
  if (user % 3 === 0) users.put(user * 7, { age: user % 6 === 0 ? 41 : null, likes: 'war', createdMs: user * 1000 });
  if (user % 10 === 9) return; // a profile at most
  histories.edit(user * 7, (history) => {
    for (let k = 0; k < 1 + (user % 8); k++) {
      const film = (user * 13 + k * 5) % FILMS;
      const seconds = 1_668_000_000 + user * 100 + k * 17;
      if (k % 4 === 0) history.rate(film, [350, 500, 7, 10_000][user % 4]!, user % 5 === 0 ? 0 : seconds);
      if (k % 4 === 1) history.watch(film, 93 + k, seconds, seconds + 60, seconds - 5580);
      if (k % 4 === 2) history.watch(film, NONE, 0, 0, 2 ** 32 - 1);
      if (k % 4 === 3) history.watch(film, 0, seconds, seconds, 0);
      if (k === 5) history.rate(film, 250, seconds + 1);
    }
  });
}

function fillLogFacts({ users, held, requests, partitions, lines, meta, imports, lookups }: State): void {
  const nowMs = 1_700_000_000_000;
  for (const id of ['x', 'y', 'z', 'w']) lookups.want('film', id, nowMs);
  lookups.postpone('film', 'y', nowMs);
  lookups.settled('film', 'z', 'missing', nowMs);
  lookups.askAlone('film', 'w', nowMs + 1);
  lookups.want('user', '9999999999', nowMs, 'again');
  users.put(9_999_999_999, { gender: 'f', lookedUpMs: 1_700_000_000_123 });
  const bytes = Buffer.from([0, 255, 44, 0x2f, 0xc3]);
  held.put({ partition: 0, offset: 12, reason: 'film-unknown', waitsFor: waitForFilm('x'), provisional: false, bytes });
  held.put({
    ...{ partition: 3, offset: 2 ** 40, reason: 'minute-order', waitsFor: waitForViewing(7, 3), provisional: true },
    bytes: Buffer.from('a line'),
  });
  for (let i = 0; i < 30; i++) {
    const status = [200, 400, 0][i % 3]!;
    const answer = { status, latencyMs: i * 1.5, listLength: 20 - i / 2, list: 2 ** 50 + i };
    requests.add({ timeMs: 1_668_000_000_000 + i, fingerprint: i * 2 ** 40, user: i, ...answer, listLength: i % 21 });
  }
  partitions.put(0, {
    from: 0,
    next: 1000,
    sinceMs: 1_668_000_000_001,
    newestMs: 1_668_000_900_000,
    ratings: { 3: 4, 5: 6 },
  });
  partitions.put(3, { from: 0, next: 2 ** 41, sinceMs: 0, newestMs: 0, ratings: {} });
  lines.add('accepted watch', 77);
  lines.add('rejected film-id', 3);
  meta.setTopic('movielog');
  meta.setRatingHigh(5);
  imports.add({
    name: 'a.csv',
    format: 'matinee',
    sha256: 'a'.repeat(64),
    rows: 5,
    accepted: 4,
    at: '2026-01-02T03:04:05Z',
  });
}
