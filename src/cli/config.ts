/** `matinee config`: what the service would run with, and where each value came from. */

import type { Command } from 'commander';
import { addConfigFlags, configOf } from './config-flags.js';
import type { AddCommand } from './frame.js';
import { examples } from './frame.js';
import { printJson, printLine } from './io.js';
import { formatTable } from './table.js';

export const addConfig: AddCommand = (program, io) => {
  const config = program.command('config').description('Show or check the configuration');

  addConfigFlags(config.command('show').description('print every setting, its value and its source'))
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee config show', 'MATINEE_PORT=9000 matinee config show --json'))
    .action((options: { json?: true }, command: Command) => {
      const { origins } = configOf(command, io);
      if (options.json) return printJson(io, origins);
      const rows = origins.map(({ key, value, source }) => [key, String(value), source]);
      printLine(io, formatTable(['setting', 'value', 'source'], rows));
    });

  addConfigFlags(config.command('check').description('exit 1 and say why when the configuration is refused'))
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee config check', 'matinee config check --deadline 200ms'))
    .action((options: { json?: true }, command: Command) => {
      configOf(command, io);
      if (options.json) printJson(io, { ok: true });
      else printLine(io, 'the configuration is valid');
    });
};
