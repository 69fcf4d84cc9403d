/** Scenario files: what is read, what is refused and in which words, and that all that are shipped are whole. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import { fitScenario } from '../../src/sim/scenario/fit.js';
import { kinds } from '../../src/sim/scenario/kinds.js';
import { parseScenario } from '../../src/sim/scenario/scenario.js';
import { listScenarios, readScenario } from '../../src/sim/scenario/shipped.js';
import { createSimWorld } from '../../src/sim/world.js';
import { scenarioOf, world } from './recorded-stage.js';

/** How a file with these acts is refused. */
function refusal(change: object): string {
  const file = { name: 'test', description: 'A test.', acts: [], ...change };
  const result = parseScenario(JSON.stringify(file), 'my.json');
  return result.ok ? 'taken' : result.error.message;
}

test('a file is read with its defaults, times in seconds', () => {
  const { world: changes, acts } = scenarioOf(
    { kind: 'api-errors', for: '10m' },
    { kind: 'taste-drift', at: '90s', for: '2d', over: '3h' },
    { kind: 'api-errors', at: '10m', share: 1 },
  );
  expect(changes).toEqual({});
  expect(acts.map(({ kind, at, end, parameters }) => [kind.name, at, end, parameters])).toEqual([
    ['api-errors', 0, 600, { share: 0.3 }],
    ['taste-drift', 90, 172_890, { to: 1, over: 10_800 }],
    ['api-errors', 600, Infinity, { share: 1 }],
  ]);
});

test('everything that is wrong is said at once, with what is allowed', () => {
  expect(
    refusal({
      world: { viewers: 5, lines: 3, edition: 2024 },
      acts: [
        { kind: 'shiling' },
        { kind: 'shilling', at: '10 m', for: '0s', direction: 'up' },
        { kind: 'shilling', direction: 'up', acounts: 7 },
        { kind: 'line-faults', rates: { insertion: 0.7, user: 0.7 } },
        { kind: 'invalid-requests', forms: ['abc'], at: '1.5h' },
        { kind: 'biased-population' },
        { kind: 'log-outage', share: 0.5 },
        { at: '5m' },
        'api-outage',
      ],
    }),
  ).toMatchInlineSnapshot(`
    "my.json: 18 problems
      - world.viewers is 5: must be a whole number from 100 to 1000000
      - world.edition is 2024: must be 2022 or 2026
      - world.lines means nothing: known: viewers, linesPerSecond, edition
      - acts[0].kind is "shiling": did you mean shilling?
      - acts[1].at is "10 m": must be a whole number of seconds, minutes, hours or days, such as 90s, 10m, 2h or 3d
      - acts[1].for is "0s": must be a whole number of seconds, minutes, hours or days, such as 90s, 10m, 2h or 3d, at least 1s
      - acts[1].film is missing: must be the id of a film of the catalogue
      - acts[1].direction is "up": must be push or nuke
      - acts[2].film is missing: must be the id of a film of the catalogue
      - acts[2].direction is "up": must be push or nuke
      - acts[2].acounts means nothing: did you mean accounts?
      - acts[3].rates is {"insertion":0.7,"user":0.7}: must be "measured", or shares of the lines, together at most 1, by fault: insertion, film-id, rating-scale, user, fields, encoding, long, tombstone, duplicate
      - acts[4].at is "1.5h": must be a whole number of seconds, minutes, hours or days, such as 90s, 10m, 2h or 3d
      - acts[4].forms is ["abc"]: must be a list of letters, negative, exponent, empty, long, null-byte, unicode
      - acts[5]: name minAge, maxAge or gender
      - acts[6].share means nothing: known: kind, at, for
      - acts[7].kind is missing: must be the name of a fault or an attack
      - acts[8] is "api-outage": must be an object"
  `);
});

test('acts of one kind that overlap are refused', () => {
  const outage = (at: string, lasts?: string) => ({ kind: 'log-outage', at, for: lasts });
  expect(refusal({ acts: [outage('0s', '5m'), { kind: 'api-outage' }, outage('5m', '5m'), outage('9m')] })).toBe(
    'my.json: acts[2] and acts[3] are both log-outage and overlap: one has to end before the other begins',
  );
  expect(refusal({ acts: [outage('5m', '5m'), outage('10m'), outage('0s', '5m')] })).toBe('taken');
});

test('a file that is no scenario is refused', () => {
  expect(refusal({ name: 'My scenario', acts: undefined, act: [] })).toMatchInlineSnapshot(`
    "my.json: 3 problems
      - name is "My scenario": must be lower-case letters, digits and -, beginning with a letter
      - acts is missing: must be a list of acts
      - act means nothing: did you mean acts?"
  `);
  const message = (text: string): unknown => {
    const result = parseScenario(text, 'my.json');
    return !result.ok && [result.error.code, result.error.message];
  };
  expect(message('[]')).toEqual(['format-invalid', 'my.json: the file is []: must be an object']);
  expect(message('{')).toEqual(['format-invalid', expect.stringMatching(/^my\.json is not JSON: /)]);
});

test('every shipped scenario is whole, named as its file, and all together have every kind', () => {
  const shipped = listScenarios();
  expect(shipped.map(({ name }) => name)).toMatchInlineSnapshot(`
    [
      "attack-nuke",
      "attack-push",
      "bad-day",
      "biased",
      "calm",
      "drift",
      "feedback-loop",
      "growth",
      "minors",
      "real-faults",
    ]
  `);
  for (const { name } of shipped) expect(unwrap(readScenario(name)).name).toBe(name);
  const used = new Set(shipped.flatMap(({ acts }) => acts.map(({ kind }) => kind.name)));
  expect([...kinds.keys()].filter((kind) => !used.has(kind))).toEqual([]);
});

test('every shipped scenario fits a world of the bundled films', () => {
  const known = bundledCatalogue();
  const bundled = createSimWorld({ seed: 1, films: known.length, users: 2_000, known });
  const misfits = listScenarios().filter((scenario) => !fitScenario(scenario, bundled).ok);
  expect(misfits.map(({ name }) => name)).toEqual([]);
});

test('a scenario is read by name or by path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
  try {
    const path = join(folder, 'mine.json');
    writeFileSync(path, JSON.stringify({ name: 'mine', description: 'Mine.', acts: [] }));
    expect(unwrap(readScenario(path)).name).toBe('mine');
    expect(readScenario(join(folder, 'none.json'))).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(readScenario('attack-psh')).toMatchObject({
    error: { message: 'there is no scenario attack-psh: did you mean attack-push?' },
  });
});

test('what only a world can refuse: its films, and how many accounts it has', () => {
  const [id] = world.ids as [string];
  const shilling = (film: string, accounts: number) => ({ kind: 'shilling', film, direction: 'push', accounts });
  const message = (...acts: object[]): string => {
    const result = fitScenario(scenarioOf(...acts), world);
    return result.ok ? 'fits' : `${result.error.message}; ${result.error.hint ?? ''}`;
  };
  const spam = { kind: 'rating-spam', accounts: 150 };
  expect(message(spam, shilling(id, 50))).toBe('fits');
  expect(message(spam, shilling(id, 51))).toBe(
    'scenario test: its attackers need 201 accounts, this world has 200 free; take 2010 viewers or more',
  );
  expect(message(shilling(`${id}x`, 1))).toBe(
    `scenario test: acts[0].film is ${id}x, which this world does not have; did you mean ${id}?`,
  );
});
