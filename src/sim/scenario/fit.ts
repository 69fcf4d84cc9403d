/** What of a scenario only a world can refuse: films that it does not have, more attackers than it has accounts for. */

import { fail, succeed, type Result } from '../../core/errors.js';
import { nearest } from '../../core/nearest.js';
import type { SimWorld } from '../world.js';
import { accountsNeeded } from './accounts.js';
import type { Scenario } from './scenario.js';

export function fitScenario(scenario: Scenario, world: SimWorld): Result<Scenario> {
  const { name, acts } = scenario;
  for (const [i, { parameters }] of acts.entries()) {
    const { film } = parameters;
    if (typeof film === 'string' && world.indexOf(film) === undefined) {
      const guess = nearest(film, world.ids);
      return fail('data-missing', `scenario ${name}: acts[${i}].film is ${film}, which this world does not have`, {
        hint: guess === undefined ? 'name a film of its catalogue' : `did you mean ${guess}?`,
      });
    }
  }
  const needed = accountsNeeded(acts);
  const free = world.users - world.registered;
  if (needed <= free) return succeed(scenario);
  return fail('data-missing', `scenario ${name}: its attackers need ${needed} accounts, this world has ${free} free`, {
    hint: `take ${needed * 10} viewers or more`,
  });
}
