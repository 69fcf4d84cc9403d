/** Look-ups against the simulated site's APIs at their worst: everything is found as the world has it, and nothing else. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { createApiClient } from '../../src/ingest/api-client.js';
import type { LookupOutcome } from '../../src/ingest/lookup-outcome.js';
import { createLookupLoop } from '../../src/ingest/lookup-loop.js';
import { startApiStandIn } from '../../src/sim/api/stand-in.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';
import { openState } from '../../src/store/state.js';
import type { FilmRecord } from '../../src/world/film-record.js';

/** What the film API tells of a film and we read. */
function factsOf(world: SimWorld, film: number): FilmRecord {
  const { id, title, year, genres, runtime, language, overview, cost } = world.film(film);
  return { id, title, year, genres, runtime, language, overview, cost };
}

test.each(['old', 'new'] as const)('everything is settled rightly in the %s type style', async (style) => {
  const world = createSimWorld({ seed: 5, films: 300, users: 1_000 });
  const folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  const state = unwrap(openState(join(folder, 'state')));
  const site = await startApiStandIn(world, {
    style,
    behaviour: {
      requestsPerSecondMax: 2_000,
      errorShare: 0.1,
      truncatedShare: 0.1,
      leftOutShare: 0.02,
      unordered: true,
    },
  });
  const client = (kind: 'film' | 'user') => createApiClient({ kind, url: site.url, rate: 5_000, timeoutMs: 2_000 });
  const found = new Map<string, unknown>();
  const [missing, violations]: [string[], unknown[]] = [[], []];
  const loop = createLookupLoop({
    ...{ film: client('film'), user: client('user'), lookups: state.lookups, seed: 1 },
    onSettled: (_, outcome: LookupOutcome) => {
      for (const [id, record] of outcome.found) found.set(id, record);
      missing.push(...outcome.missing);
      violations.push(...outcome.violations);
    },
  });
  const users = Array.from({ length: 1_000 }, (_, i) => i + 1);
  const strangers = ['aDdjc1gioFamIk7', '0xbBA7dXRPBbLd1BlTu', 'sOtar+trek+2009'];
  state.transaction(() => {
    for (const id of [...world.ids, ...strangers]) state.lookups.want('film', id, 0);
    for (const id of [...users, 6_597_125]) state.lookups.want('user', String(id), 0);
  });

  // The clock is ours: a second a turn, so that no pause is waited for.
  const left = () => state.lookups.count('film') + state.lookups.count('user');
  for (let now = 0; left() > 0 && now < 5_000_000; now += 1_000) {
    loop.turn(now);
    await loop.answered();
    if (loop.waiting() > 0) state.transaction(() => loop.apply(now));
  }
  const unsettled = left();
  await loop.close();
  await site.close();
  await state.close();
  await rm(folder, { recursive: true });

  expect(unsettled).toBe(0);
  expect([...missing].sort()).toEqual([...strangers, '6597125'].sort());
  expect(found.size).toBe(1_300);
  expect(violations).toEqual([]);
  for (const [index, id] of world.ids.entries()) expect(found.get(id)).toEqual(factsOf(world, index));
  for (const user of users) {
    const { id, ...facts } = world.user(user)!;
    expect(found.get(String(user))).toEqual({ user: id, ...facts });
  }
});

test('when the types of fields change, their records lose these fields and say so', async () => {
  const world = createSimWorld({ seed: 5, films: 10, users: 10 });
  const site = await startApiStandIn(world, { behaviour: { changedTypes: true } });
  const client = createApiClient({ kind: 'film', url: site.url, rate: 100, timeoutMs: 2_000 });
  const outcome = await client.look(world.ids);
  await site.close();
  expect(outcome.failure).toBeUndefined();
  for (const [index, id] of world.ids.entries()) {
    expect(outcome.found.get(id)).toEqual({ ...factsOf(world, index), year: null, genres: [], runtime: null });
  }
  expect(new Set(outcome.violations.map(({ what }) => what))).toEqual(
    new Set(['runtime is no number', 'genres is no list of names', 'release_date is no date like 1999-10-15']),
  );
});
