/** The director: acts begin and end when they should, work together, and come again the same. */

import { expect, test } from 'vitest';
import { goodBehaviour } from '../../src/sim/api/behaviour.js';
import { readScenario } from '../../src/sim/scenario/shipped.js';
import { unwrap } from '../../src/core/errors.js';
import { calm, play, scenarioOf, world } from './recorded-stage.js';

test('it says what began and what ended, and whose accounts an attack has', () => {
  const scenario = scenarioOf(
    { kind: 'log-outage', at: '3s', for: '4s' },
    { kind: 'rating-spam', accounts: 30 },
    { kind: 'shilling', at: '7s', film: world.ids[0], direction: 'nuke', accounts: 20 },
  );
  const changes = play(scenario, 10).seconds.flatMap((second) => second.changes);
  expect(changes.map(({ second, what, act, accounts }) => [second, what, act.kind.name, accounts])).toEqual([
    [0, 'began', 'rating-spam', { highest: 2000, lowest: 1971 }],
    [3, 'began', 'log-outage', undefined],
    [7, 'ended', 'log-outage', undefined],
    [7, 'began', 'shilling', { highest: 1970, lowest: 1951 }],
  ]);
});

test('acts that overlap work together, and each takes away its own part', () => {
  const scenario = scenarioOf(
    { kind: 'api-errors', at: '1s', for: '4s', share: 0.5 },
    { kind: 'api-outage', at: '3s', for: '2s' },
    { kind: 'api-hanging', at: '2s', for: '4s' },
    { kind: 'api-slow', at: '4s', for: '3s', delayMs: 50 },
  );
  const { seconds } = play(scenario, 9);
  const { state, ...others } = goodBehaviour;
  expect(state).toBe('up');
  expect(seconds.map(({ api }) => [api.state, api.errorShare, api.delayMs])).toEqual([
    ['up', 0, 0],
    ['up', 0.5, 0],
    ['hanging', 0.5, 0],
    ['refusing', 0.5, 0],
    ['refusing', 0.5, 50],
    ['hanging', 0, 50],
    ['up', 0, 50],
    ['up', 0, 0],
    ['up', 0, 0],
  ]);
  for (const { api } of seconds) {
    expect({ ...api, errorShare: 0, delayMs: 0, state }).toEqual({ ...others, state });
  }
});

test('two waves of new films add up', () => {
  const wave = (at: string) => ({ kind: 'catalogue-growth', at, share: 0.5, over: '0s' });
  const scenario = scenarioOf({ ...wave('2s'), for: '1s' }, wave('4s'));
  expect(play(scenario, 6).seconds.map(({ conditions }) => conditions.filmsAvailable)).toEqual([
    100, 100, 200, 200, 400, 400,
  ]);
});

test('a calm day is whatever it found', () => {
  const settings = calm();
  settings.conditions.costFactor = 3;
  settings.log.faults = 'measured';
  settings.api = { ...goodBehaviour, requestsPerSecondMax: 10 };
  const scenario = scenarioOf(
    { kind: 'price-change', at: '1s', for: '1s' },
    { kind: 'api-errors', at: '1s', for: '1s' },
    { kind: 'line-faults', at: '1s', for: '1s', rates: {} },
  );
  const seconds = play(scenario, 3, { settings }).seconds.map(({ conditions, log, api }) => [
    conditions.costFactor,
    log.faults,
    api.requestsPerSecondMax,
    api.errorShare,
  ]);
  expect(seconds).toEqual([
    [3, 'measured', 10, 0],
    [6, {}, 10, 0.3],
    [3, 'measured', 10, 0],
  ]);
});

const badDay = unwrap(readScenario('bad-day'));

test('the same seed plays the same, another seed plays another', () => {
  const first = play(badDay, 400, { seed: 5 });
  expect(play(badDay, 400, { seed: 5 })).toEqual(first);
  expect(play(badDay, 400, { seed: 6 })).not.toEqual(first);
});

test('who comes in the middle sees what everybody sees', () => {
  const whole = play(badDay, 400).seconds.slice(350);
  const late = play(badDay, 400, { from: 350 }).seconds;
  expect(late.map(({ changes: _, ...second }) => second)).toEqual(whole.map(({ changes: _, ...second }) => second));
});
