/** A scenario file: JSON that says which faults and attacks happen when, checked whole before anything runs. */

import { z } from 'zod';
import { didYouMean } from '../../core/nearest.js';
import { fail, succeed, type Result } from '../../core/errors.js';
import type { Kind } from './kind.js';
import { kinds } from './kinds.js';
import { DURATION, noted, seconds } from './parameters.js';
import { check, problemsIn, type Checked } from './refusals.js';

export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** What it wants of the world instead of what is usual. */
  readonly world: WorldChanges;
  /** As they stand in the file. */
  readonly acts: readonly Act[];
}

/** One fault or attack, from `at` until before `end`. */
export interface Act {
  /** World seconds since the beginning. */
  readonly at: number;
  /** Infinity: until the run ends. */
  readonly end: number;
  readonly kind: Kind;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export const worldSchema = z.strictObject({
  viewers: noted(z.int().min(100).max(1_000_000).optional(), 'a whole number from 100 to 1000000', 'how many accounts'),
  linesPerSecond: noted(z.number().min(1).max(100_000).optional(), 'a number from 1 to 100000', 'of world time'),
  edition: noted(
    z.union([z.literal(2022), z.literal(2026)]).optional(),
    '2022 or 2026',
    'of the formats of log and look-up APIs',
  ),
});

export type WorldChanges = z.output<typeof worldSchema>;

export const scenarioSchema = z.strictObject({
  name: noted(
    z.string().regex(/^[a-z][a-z0-9-]*$/),
    'lower-case letters, digits and -, beginning with a letter',
    'what the scenario is called',
  ),
  description: noted(z.string().min(1), 'a sentence', 'what happens in it'),
  world: noted(z.record(z.string(), z.unknown()).default({}), 'an object', 'what it wants of the world', {}),
  acts: noted(z.array(z.unknown()), 'a list of acts', 'what happens when'),
});

export const timingSchema = z.object({
  kind: noted(z.string(), 'the name of a fault or an attack', 'what happens'),
  at: noted(seconds(0).prefault('0s'), DURATION, 'when it begins, from the beginning of the run', '0s'),
  for: noted(seconds(1).optional(), `${DURATION}, at least 1s`, 'how long it lasts; without it, until the run ends'),
});

/** @param file as messages name it */
export function parseScenario(text: string, file: string): Result<Scenario> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return fail('format-invalid', `${file} is not JSON: ${(cause as Error).message}`, { cause, fields: { file } });
  }
  const head = check(scenarioSchema, json, '');
  if ('problems' in head) return refused(file, head.problems);

  const { name, description } = head.value;
  const world = check(worldSchema, head.value.world, 'world');
  const acts = head.value.acts.map((act, i) => checkAct(act, `acts[${i}]`));
  const problems = problemsIn(world, ...acts);
  if (problems.length > 0 || 'problems' in world) return refused(file, problems);

  const whole = acts.flatMap((checked) => ('value' in checked ? [checked.value] : []));
  const overlapping = overlaps(whole);
  if (overlapping.length > 0) return refused(file, overlapping);
  return succeed({ name, description, world: world.value, acts: whole });
}

function refused(file: string, problems: readonly string[]): Result<never> {
  const text =
    problems.length === 1
      ? problems[0]!
      : `${problems.length} problems\n${problems.map((problem) => `  - ${problem}`).join('\n')}`;
  return fail('format-invalid', `${file}: ${text}`, {
    hint: 'docs/scenarios.md has every fault and attack with its parameters',
    fields: { file },
  });
}

function checkAct(given: unknown, where: string): Checked<Act> {
  const timing = check(timingSchema, given, where);
  const { kind: name, ...others } = { ...(given as Record<string, unknown>) };
  if (typeof name !== 'string') return { problems: problemsIn(timing) };
  const kind = kinds.get(name);
  if (kind === undefined) {
    const unknown = `${where}.kind is ${JSON.stringify(name)}: ${didYouMean(name, [...kinds.keys()])}`;
    return { problems: [unknown, ...problemsIn(timing)] };
  }

  const timingKeys = Object.keys(timingSchema.shape);
  const own = Object.entries(others).filter(([key]) => !timingKeys.includes(key));
  const parameters = check(kind.parameters, Object.fromEntries(own), where, timingKeys);
  if ('problems' in timing || 'problems' in parameters) return { problems: problemsIn(timing, parameters) };
  const { at, for: lasts = Infinity } = timing.value;
  return { value: { at, end: at + lasts, kind, parameters: parameters.value } };
}

/** Two acts of a kind at once would have to agree on what is set. */
function overlaps(acts: readonly Act[]): string[] {
  return acts.flatMap((act, i) => {
    const other = acts.findIndex(({ kind, at, end }) => kind === act.kind && at < act.end && act.at < end);
    return other < i
      ? [`acts[${other}] and acts[${i}] are both ${act.kind.name} and overlap: one has to end before the other begins`]
      : [];
  });
}
