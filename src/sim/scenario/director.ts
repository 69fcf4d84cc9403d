/**
 * Plays a scenario on a stage. Each world second it
 * 1. takes the settings of a calm day, those it found in its first second;
 * 2. lets each act that is on change them, in the order of the file, so that an act that ends leaves nothing behind;
 * 3. puts them on the stage, and lets each act do what it does in that second.
 */

import type { Random } from '../../core/random.js';
import type { ApiBehaviour } from '../api/behaviour.js';
import { drawsOf, mix } from '../mix.js';
import { accountRange, type AccountRange } from './accounts.js';
import type { Moment } from './kind.js';
import type { Act, Scenario } from './scenario.js';
import type { Settings, Stage } from './stage.js';

export interface Director {
  /** Once each world second. @returns the acts that began or ended with it */
  turn(stage: Stage): readonly ActChange[];
}

export interface ActChange {
  readonly what: 'began' | 'ended';
  readonly second: number;
  readonly act: Act;
  /** The users that the act itself brings along. */
  readonly accounts: AccountRange | undefined;
}

export function createDirector({ acts }: Scenario, seed: number): Director {
  const playing = new Set<Act>();
  let calm: Settings | undefined;

  function changes(stage: Stage): ActChange[] {
    const { second, world } = stage;
    return acts.flatMap((act): ActChange[] => {
      const isOn = act.at <= second && second < act.end;
      if (isOn === playing.has(act)) return [];
      if (isOn) playing.add(act);
      else playing.delete(act);
      return [{ what: isOn ? 'began' : 'ended', second, act, accounts: accountRange(world, acts, act) }];
    });
  }

  function set(stage: Stage, found: Settings): void {
    const settings = copyOf(found);
    for (const act of acts) {
      const { kind, parameters, at } = act;
      if (stage.second < at) kind.before?.(settings, parameters);
      else if (playing.has(act)) kind.set?.(settings, parameters, stage.second - at);
    }
    Object.assign(stage.conditions, settings.conditions);
    Object.assign(stage.log, settings.log);
    // Who watches for a new behaviour must not see one each second.
    if (!isSame(stage.api, settings.api)) stage.api = settings.api;
  }

  function momentOf(stage: Stage, act: Act): Moment {
    const index = acts.indexOf(act);
    const highest = accountRange(stage.world, acts, act)?.highest ?? 0;
    return {
      elapsed: stage.second - act.at,
      draws: draw(2 * index, stage.second),
      drawsOf: (thing) => draw(2 * index + 1, thing),
      account: (account) => highest - account,
    };
  }

  const draw = (stream: number, index: number): Random => drawsOf(seed, 'scenario', mix(stream, index));

  return {
    turn: (stage) => {
      calm ??= copyOf(stage);
      const changed = changes(stage);
      set(stage, calm);
      for (const act of acts) {
        if (playing.has(act)) act.kind.act?.(stage, act.parameters, momentOf(stage, act));
      }
      return changed;
    },
  };
}

const copyOf = ({ conditions, log, api }: Settings): Settings => ({
  conditions: { ...conditions },
  log: { ...log },
  api,
});

const isSame = (a: ApiBehaviour, b: ApiBehaviour): boolean =>
  (Object.keys(a) as (keyof ApiBehaviour)[]).every((key) => a[key] === b[key]);
