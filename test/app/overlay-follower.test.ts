/** When an overlay is built, and what becomes of a build that fails. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { overlayFollower, type FromFollower } from '../../src/app/overlay-follower.js';
import { MatineeError, unwrap } from '../../src/core/errors.js';
import { openRegistry, type Registry } from '../../src/registry/registry.js';
import { openState, type State } from '../../src/store/state.js';
import { facts, linear } from '../registry/models.js';

const HINT = 'Make room.';
const MINUTE = 60_000;
let folder: string;
let registry: Registry;
let state: State;
let hasRoom: boolean;
const sent: FromFollower[] = [];
let look: () => void;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  registry = unwrap(openRegistry(join(folder, 'models')));
  state = unwrap(openState(join(folder, 'state')));
  unwrap(registry.promote(unwrap(registry.write(linear(1), facts(1))).id));
  hasRoom = true;
  sent.length = 0;
  const { writeOverlay } = registry;
  const onFullDisk: Registry = {
    ...registry,
    writeOverlay: (...overlay) => {
      if (!hasRoom) throw new MatineeError('storage-failed', 'cannot write', { hint: HINT });
      return writeOverlay(...overlay);
    },
  };
  look = overlayFollower(onFullDisk, state, (message) => sent.push(message));
});

afterEach(async () => {
  vi.useRealTimers();
  await registry.close();
  await state.close();
  await rm(folder, { recursive: true });
});

/** A film that the version does not know. */
const arrives = (id: string): number => state.films.put({ id, title: 'New', year: 2001, genres: ['Drama'] });
const after = (minutes: number): void => {
  vi.advanceTimersByTime(minutes * MINUTE);
  look();
};

test('a film that the site lists is in at the next look, and all is made anew every quarter of an hour', () => {
  arrives('new+2001');
  look();
  after(1);
  expect(sent).toMatchObject([{ kind: 'built', overlay: { number: 1, films: ['new+2001'] } }]);
  arrives('newer+2001');
  after(1);
  expect(sent).toMatchObject([{}, { kind: 'built', overlay: { number: 2, films: ['new+2001', 'newer+2001'] } }]);
  after(14);
  expect(sent).toHaveLength(2);
  after(2);
  expect(sent).toHaveLength(3);
});

test('a film that the site confirms after it came waits for that', () => {
  const film = { id: 'imported+2001', title: 'Old', year: 2001, genres: ['Drama'] };
  state.films.put({ ...film, listing: 'unverified' });
  look();
  state.films.put({ ...film, listing: 'listed' });
  after(1);
  expect(sent).toMatchObject([{ kind: 'built', overlay: { number: 0 } }]);
  after(14);
  expect(sent).toMatchObject([{}, { kind: 'built', overlay: { number: 1, films: ['imported+2001'] } }]);
});

test('a disk without room is told of once, and tried again at the next reason', () => {
  hasRoom = false;
  arrives('new+2001');
  look();
  after(1);
  after(1);
  expect(sent).toEqual([{ kind: 'fault', fault: { code: 'storage-failed', message: 'cannot write', hint: HINT } }]);
  hasRoom = true;
  arrives('newer+2001');
  after(1);
  expect(sent).toMatchObject([{}, { kind: 'built', overlay: { number: 1, films: ['new+2001', 'newer+2001'] } }]);
});
