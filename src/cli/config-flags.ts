/** The configuration flags of a command: `--data-dir`, `--port`, … added from the table of settings. */

import type { Command } from 'commander';
import { loadConfig } from '../config/load.js';
import type { LoadedConfig } from '../config/load.js';
import { flagOf, settingKeys, settings } from '../config/settings.js';
import type { SettingKey } from '../config/settings.js';
import { unwrap } from '../core/errors.js';
import type { Io } from './io.js';

/** Adds the flags of the settings the command obeys; no commander defaults, because flags outrank other sources. */
export function addConfigFlags(command: Command, keys: readonly SettingKey[] = settingKeys): Command {
  for (const key of keys) {
    const { placeholder, summary, fallback, secret } = settings[key];
    if (secret) continue;
    const byDefault = fallback === '' ? '' : ` (default: ${fallback})`;
    command.option(`${flagOf(key)} <${placeholder}>`, `${summary}${byDefault}`);
  }
  return command;
}

/** @throws MatineeError `config-invalid` */
export const configOf = (command: Command, io: Io): LoadedConfig =>
  unwrap(loadConfig({ flags: command.opts(), env: io.env, cwd: io.cwd }));
