/** From what users say to profiles in the state: at once, of everybody once, and anew when there is a reason. */

import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MatineeError, unwrap } from '../../../src/core/errors.js';
import { createReadAgain } from '../../../src/ingest/profile/read-again.js';
import { storedProfileOf } from '../../../src/ingest/profile/stored-profile.js';
import { openState, type State } from '../../../src/store/state.js';
import {
  addFilm,
  genre,
  profile,
  profilingState,
  startProfiler,
  until,
  type ProfilingState,
} from './profiling-state.js';

let setup: ProfilingState;
let state: State;

beforeEach(() => {
  setup = profilingState();
  state = setup.state;
});

afterEach(() => setup.close());

test('who signs up has a profile a moment later', async () => {
  const running = startProfiler(state);
  await until(() => state.meta.profilesMadeBy() !== undefined);
  state.users.put(7, {
    likes: 'I love "The Matrix" and comedies from the 80s.',
    dislikes: 'Ronin, war films',
    age: 34.5,
  });
  const told = performance.now();
  await until(() => state.profiles.get(7) !== undefined);
  // A turn every 100 ms, and a machine that is busy.
  expect(performance.now() - told).toBeLessThan(1000);
  await running.stopped();
  const genres = [genre('Comedy', 1), genre('War', -1)];
  const era = { from: 1980, to: 1989 };
  expect(state.profiles.get(7)).toEqual(profile({ likedFilms: [1], dislikedFilms: [4], genres, era, age: 34 }));
  expect(state.profiles.waiting()).toBe(0);
});

test('who says nothing has age and gender; who takes all of it back has no profile', async () => {
  state.users.put(7, { gender: 'F' });
  state.users.put(8, { occupation: 'artist' });
  state.users.put(9, { likes: 'Hello there' });
  await startProfiler(state).drained();
  expect(state.profiles.get(7)).toEqual(profile({ gender: 'F' }));
  expect(state.profiles.count()).toBe(1);
  state.users.put(7, { gender: null });
  await startProfiler(state).drained();
  expect(state.profiles.count()).toBe(0);
});

test('a newer word replaces what an older one said', async () => {
  state.users.put(7, { likes: 'war films' });
  await startProfiler(state).drained();
  state.users.put(7, { likes: 'comedies', dislikes: 'war films' });
  await startProfiler(state).drained();
  expect(state.profiles.get(7)).toEqual(profile({ genres: [genre('Comedy', 1), genre('War', -1)] }));
});

test('everybody is read anew when the rules are other ones, and nobody when they are the same', async () => {
  state.transaction(() => {
    for (let user = 0; user < 6000; user++) state.users.put(user * 3, user % 3 === 0 ? { createdMs: 5 } : { age: 20 });
  });
  await startProfiler(state).drained();
  expect(state.profiles.count()).toBe(4000);
  state.profiles.put(3, profile({ age: 99 }));
  await startProfiler(state).drained();
  expect(state.profiles.get(3)).toEqual(profile({ age: 99 }));
  state.meta.setProfilesMadeBy({ rules: '0', films: 5 });
  await startProfiler(state).drained();
  expect(state.profiles.get(3)).toEqual(profile({ age: 20 }));
  expect(state.profiles.waiting()).toBe(0);
});

test('two that read by different rules each read everybody once, not one another out for ever', () => {
  state.users.put(7, { age: 30 });
  const readers = [createReadAgain(state, undefined), createReadAgain(state, 'tiny')];
  const turns = (): boolean[] => readers.map((reader) => reader.turn(5));
  expect(turns()).toEqual([true, true]);
  expect(turns()).toEqual([false, false]);
  expect(createReadAgain(state, 'tiny').turn(5)).toBe(false);
  expect(createReadAgain(state, 'large').turn(5)).toBe(true);
});

test('a film that comes later is found in later texts, and in earlier ones once there are many new films', async () => {
  state.users.put(7, { likes: 'I love "The Godfather"' });
  await startProfiler(state).drained();
  expect(state.profiles.get(7)).toBeUndefined();
  const godfather = addFilm(state, 'The Godfather');
  state.users.put(8, { likes: 'I love "The Godfather"' });
  const running = startProfiler(state);
  await until(() => state.profiles.get(8) !== undefined);
  expect(state.profiles.get(7)).toBeUndefined();
  for (const title of ['Jaws', 'Alien']) addFilm(state, title);
  await running.stopped();
  // Looked at after a start, and once an hour.
  await startProfiler(state).drained();
  expect(state.profiles.get(7)).toEqual(profile({ likedFilms: [godfather] }));
});

test('of films of one name the one that more users met is meant', async () => {
  const second = state.films.put({ id: 'heat+1986', title: 'Heat', year: 1986, genres: [] });
  state.histories.merge(1, [{ film: second, rating: 4, minutes: null, timeMs: 5000 }]);
  state.users.put(7, { likes: 'I love "Heat"' });
  await startProfiler(state).drained();
  expect(state.profiles.get(7)?.likedFilms).toEqual([second]);
});

test('two readers at once leave what one would', async () => {
  const other = unwrap(openState(join(setup.folder, 'state')));
  state.transaction(() => {
    for (let user = 0; user < 2000; user++) state.users.put(user, { likes: 'war films', age: user % 90 });
  });
  await Promise.all([startProfiler(state).drained(), startProfiler(other).drained()]);
  await other.close();
  expect(state.profiles.waiting()).toBe(0);
  for (let user = 0; user < 2000; user++) {
    expect(state.profiles.get(user)).toEqual(profile({ genres: [genre('War', 1)], age: user % 90 }));
  }
});

test('a disk that takes nothing for a while is waited for', async () => {
  let room = false;
  const full: State = {
    ...state,
    transaction: (work) => {
      if (!room) throw new MatineeError('storage-failed', 'cannot write');
      return state.transaction(work);
    },
  };
  state.users.put(7, { age: 30 });
  const running = startProfiler(full);
  await until(() => running.statuses.at(-1)?.fault?.code === 'storage-failed');
  room = true;
  await running.drained();
  expect(state.profiles.get(7)).toEqual(profile({ age: 30 }));
  expect(running.statuses.at(-1)!.fault).toBeUndefined();
});

test('twenty films of each side are stored, and strengths are halves', () => {
  const many = Array.from({ length: 30 }, (_, film) => film);
  const said = {
    ...{ likedTitles: many, dislikedTitles: many.map((film) => 100 + film), era: null, popular: true },
    likedGenres: [{ genre: 'War', strength: 0.25 } as const, { genre: 'Drama', strength: 0.75 } as const],
    dislikedGenres: [{ genre: 'Western', strength: 0.5 } as const],
    ...{ age: null, gender: null, mentions: [] },
  };
  expect(storedProfileOf(said)).toEqual(
    profile({
      ...{ likedFilms: many.slice(0, 20), dislikedFilms: said.dislikedTitles.slice(0, 20), popular: true },
      genres: [genre('War', 0.5), genre('Drama', 1), genre('Western', -0.5)],
    }),
  );
  const nothing = { ...said, likedTitles: [], dislikedTitles: [], likedGenres: [], dislikedGenres: [], popular: null };
  expect(storedProfileOf(nothing)).toBeUndefined();
});
