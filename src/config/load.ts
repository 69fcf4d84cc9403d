/** Loads the configuration, flag > environment > file > default, and reports everything that is wrong with it at once. */

import { resolve } from 'node:path';
import type { z } from 'zod';
import { fail, succeed } from '../core/errors.js';
import type { Result } from '../core/errors.js';
import { llmProblems } from './language-model.js';
import { schema, settingKeys, settings } from './settings.js';
import type { SettingKey } from './settings.js';
import { readConfigFile, readDefaults, readEnvironment, readFlags } from './sources.js';
import type { Given } from './sources.js';

type Values = z.output<typeof schema>;

/** What the service is built from: paths absolute, units in the names. */
export interface Config extends Readonly<Omit<Values, 'deadline' | 'logZone' | 'llmTimeout'>> {
  readonly deadlineMs: number;
  /** How far the site's clock stands east of UTC. */
  readonly logZoneMs: number;
  readonly llmTimeoutMs: number;
}

/** A setting as it was written, and where. */
export interface Origin {
  readonly key: SettingKey;
  readonly value: string | number;
  readonly source: string;
}

export interface LoadedConfig {
  readonly config: Config;
  readonly origins: readonly Origin[];
}

export interface ConfigInput {
  /** Parsed command-line options by setting key. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
  /** Holds `matinee.config.json`; relative paths start here. */
  readonly cwd: string;
}

/** @returns the configuration, or one `config-invalid` error whose message has a line for each problem. */
export function loadConfig({ flags, env, cwd }: ConfigInput): Result<LoadedConfig> {
  const readings = [readDefaults(), readConfigFile(cwd), readEnvironment(env), readFlags(flags)];
  const given = Object.assign({}, ...readings.map((reading) => reading.given)) as Record<SettingKey, Given>;
  const checked = schema.safeParse(Object.fromEntries(settingKeys.map((key) => [key, given[key].raw])));

  const refused = checked.error?.issues.map((issue) => issue.path[0] as SettingKey) ?? [];
  const problems = [
    ...readings.flatMap((reading) => reading.problems),
    ...[...new Set(refused)].map((key) => refusal(key, given[key])),
    ...(checked.success ? llmProblems(checked.data) : []),
  ];
  if (!checked.success || problems.length > 0) {
    return fail('config-invalid', sentence(problems), {
      hint: '`matinee config show --help` names every setting',
    });
  }

  const { deadline, logZone, llmTimeout, ...values } = checked.data;
  return succeed({
    config: {
      ...values,
      dataDir: resolve(cwd, values.dataDir),
      modelsDir: resolve(cwd, values.modelsDir),
      deadlineMs: deadline,
      logZoneMs: logZone,
      llmTimeoutMs: llmTimeout,
    },
    origins: settingKeys.map((key) => ({ key, value: shown(key, given[key]), source: given[key].source })),
  });
}

const SECRET = '********';

const shown = (key: SettingKey, { raw }: Given): string | number =>
  settings[key].secret && raw !== '' ? SECRET : (raw as string | number);

const refusal = (key: SettingKey, given: Given): string =>
  `${key} is ${JSON.stringify(shown(key, given))} (from ${given.source}): must be ${settings[key].allowed}`;

const sentence = (problems: readonly string[]): string =>
  problems.length === 1
    ? `configuration: ${problems[0]!}`
    : `configuration: ${problems.length} problems\n${problems.map((problem) => `  - ${problem}`).join('\n')}`;
