/** The event buffer: where it is flushed makes no difference, and more users than fit one transaction all arrive. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { random } from '../../../src/core/random.js';
import { unwrap } from '../../../src/core/errors.js';
import { EventBuffer } from '../../../src/ingest/import/event-buffer.js';
import { ImportedFilms } from '../../../src/ingest/import/imported-films.js';
import { openState, type State } from '../../../src/store/state.js';

let folder: string;
let states: State[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  states = ['a', 'b'].map((name) => unwrap(openState(join(folder, name))));
});

afterEach(async () => {
  await Promise.all(states.map((state) => state.close()));
  await rm(folder, { recursive: true });
});

test('a flush after any row leaves the same histories', () => {
  const { integer } = random(7);
  const rows = Array.from({ length: 9000 }, (_, i) => ({
    user: integer(3000) * 1_000_003,
    filmId: `f${integer(20)}+1999`,
    rating: integer(2) === 0 ? null : integer(10) + 1,
    minutes: integer(2) === 0 ? null : integer(100),
    timeMs: integer(50) * 1000 + i,
  }));
  const dumps = states.map((state, which) => {
    const buffer = new EventBuffer(state, new ImportedFilms());
    for (const row of rows) {
      buffer.add(row);
      if (which === 1 && integer(1000) === 0) buffer.flush();
    }
    buffer.flush();
    return [...state.histories.users()].map((user) => [user, state.histories.read(user)!.entries()]);
  });
  expect(dumps[1]).toEqual(dumps[0]);
  expect(dumps[0]!.length).toBe(new Set(rows.map(({ user }) => user)).size);
});
