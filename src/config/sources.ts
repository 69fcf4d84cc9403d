/** The places a setting can come from, each read into the same shape: given values and the names it should not hold. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../core/nearest.js';
import { flagOf, settingKeys, settings, variableOf } from './settings.js';
import type { SettingKey } from './settings.js';

const configFileName = 'matinee.config.json';

/** A value as it was given, not yet checked. */
export interface Given {
  readonly raw: unknown;
  /** Where it was given, e.g. `MATINEE_PORT`, `--port`, `default`. */
  readonly source: string;
}

export interface SourceReading {
  readonly given: Partial<Record<SettingKey, Given>>;
  readonly problems: readonly string[];
}

/** Variables of the same prefix that are no settings: the tests and the documentation check read them. */
const isForTests = (name: string): boolean => name === 'MATINEE_PYTHON' || name.startsWith('MATINEE_TEST_');

/** What `sourceOf` and `valueOf` say of each key; undefined means not given. */
function collect(valueOf: (key: SettingKey) => unknown, sourceOf: (key: SettingKey) => string): SourceReading['given'] {
  const given: Partial<Record<SettingKey, Given>> = {};
  for (const key of settingKeys) {
    const raw = valueOf(key);
    if (raw !== undefined) given[key] = { raw, source: sourceOf(key) };
  }
  return given;
}

export function readDefaults(): SourceReading {
  return {
    given: collect(
      (key) => settings[key].fallback,
      () => 'default',
    ),
    problems: [],
  };
}

/** `flags` may hold a command's other options too: the command line has refused unknown ones already. */
export function readFlags(flags: Readonly<Record<string, unknown>>): SourceReading {
  return { given: collect((key) => flags[key], flagOf), problems: [] };
}

/** An empty variable counts as not set, as shells and container files leave them. */
export function readEnvironment(env: NodeJS.ProcessEnv): SourceReading {
  const known = settingKeys.map(variableOf);
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('MATINEE_') && !known.includes(name) && !isForTests(name),
  );
  return {
    given: collect((key) => env[variableOf(key)] || undefined, variableOf),
    problems: unknown.map((name) => `${name} in the environment is not a setting: ${didYouMean(name, known)}`),
  };
}

/** A missing file gives nothing; a file that is not a JSON object is one problem. */
export function readConfigFile(folder: string): SourceReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(join(folder, configFileName), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { given: {}, problems: [] };
    return { given: {}, problems: [`${configFileName} cannot be read: ${(error as Error).message}`] };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { given: {}, problems: [`${configFileName} must hold one JSON object`] };
  }
  const values = new Map(Object.entries(parsed));
  const unknown = [...values.keys()].filter((name) => !(settingKeys as readonly string[]).includes(name));
  return {
    given: collect(
      (key) => values.get(key),
      () => configFileName,
    ),
    problems: unknown.map(
      (name) => `"${name}" in ${configFileName} is not a setting: ${didYouMean(name, settingKeys)}`,
    ),
  };
}
