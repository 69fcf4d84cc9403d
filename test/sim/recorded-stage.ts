/** A stage that writes down what a scenario does on it, second by second. */

import { unwrap } from '../../src/core/errors.js';
import { goodBehaviour, type ApiBehaviour } from '../../src/sim/api/behaviour.js';
import { createDirector, type ActChange } from '../../src/sim/scenario/director.js';
import { parseScenario, type Scenario } from '../../src/sim/scenario/scenario.js';
import type { InjectedEvent, Settings, Stage } from '../../src/sim/scenario/stage.js';
import { usualConditions } from '../../src/sim/site/conditions.js';
import { smallWorld } from './small-world.js';

export const world = smallWorld();

export const calm = (): Settings => ({
  conditions: usualConditions(world),
  log: { faults: 'none', withheld: false, duplicateBatchShare: 0 },
  api: goodBehaviour,
});

export interface Second extends Settings {
  readonly second: number;
  readonly events: readonly InjectedEvent[];
  readonly requests: readonly string[];
  readonly changes: readonly ActChange[];
}

export interface Play {
  readonly seconds: readonly Second[];
  /** How often a behaviour was assigned. */
  readonly assigned: number;
}

export const scenarioOf = (...acts: readonly object[]): Scenario =>
  unwrap(parseScenario(JSON.stringify({ name: 'test', description: 'A test.', acts }), 'test'));

/** Seconds `from` to `to` - 1 on a stage that begins calm. */
export function play(scenario: Scenario, to: number, { from = 0, seed = 1, settings = calm() } = {}): Play {
  const director = createDirector(scenario, seed);
  const seconds: Second[] = [];
  let api = settings.api;
  let assigned = 0;
  for (let second = from; second < to; second++) {
    const events: InjectedEvent[] = [];
    const requests: string[] = [];
    const stage: Stage = {
      world,
      second,
      ratingScale: 10,
      conditions: settings.conditions,
      log: settings.log,
      get api() {
        return api;
      },
      set api(behaviour: ApiBehaviour) {
        api = behaviour;
        assigned++;
      },
      inject: (event) => events.push(event),
      request: (user) => requests.push(user),
    };
    const changes = director.turn(stage);
    const [conditions, log] = [{ ...settings.conditions }, { ...settings.log }];
    seconds.push({ second, conditions, log, api, events, requests, changes });
  }
  return { seconds, assigned };
}
