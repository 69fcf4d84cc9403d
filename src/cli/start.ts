/** `matinee start`: everything at once, for a first look: import, train, serve. */

import type { Command } from 'commander';
import { prepare } from '../app/start.js';
import { unwrap } from '../core/errors.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printReport } from './import.js';
import { printLine } from './io.js';
import { progressView } from './progress.js';
import { serveUntilStopped } from './serve.js';
import { printVersions } from './train.js';

export const addStart: AddCommand = (program, io) => {
  const command = program.command('start').description('Import data and train a model where there is none, then serve');
  addConfigFlags(command)
    .option('--data <files...>', 'your CSV files or MovieLens folder (default: the bundled MovieLens latest-small)')
    .addHelpText(
      'after',
      examples('matinee start', 'matinee start --data ratings.csv --data-dir var-mine --models-dir models-mine'),
    )
    .action(async (options: { data?: string[] }, self: Command) => {
      const { config } = configOf(self, io);
      const view = progressView(io);
      const line = ['matinee', ...self.parent!.args].join(' ');
      const prepared = await prepare(config, options.data ?? [], line, view.onProgress);
      view.end();
      const { imported, trained } = unwrap(prepared);
      if (imported !== undefined) printReport(io, imported);
      if (trained !== undefined) printVersions(io, trained);
      if (imported !== undefined || trained !== undefined) printLine(io, '');
      await serveUntilStopped(config, io);
    });
};
