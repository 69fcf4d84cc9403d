/** `matinee import`: ratings and views from files into the state. */

import type { Command } from 'commander';
import { importInto } from '../app/import.js';
import { unwrap } from '../core/errors.js';
import type { ImportReport, Rejected } from '../ingest/import/report.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { progressView } from './progress.js';
import { formatTable } from './table.js';

interface Options {
  readonly format?: string;
  readonly json?: true;
}

export const addImport: AddCommand = (program, io) => {
  const command = program.command('import').description('Read ratings and views from files into the state');
  addConfigFlags(command, ['dataDir'])
    .argument('<files...>', 'CSV files, or a folder with a MovieLens edition')
    .option('--format <name>', 'matinee or movielens (default: told from the files)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('matinee import ratings.csv', 'matinee import --format movielens data/movielens-latest-small'),
    )
    .action(async (files: string[], options: Options, self: Command) => {
      const { config } = configOf(self, io);
      const { format } = options;
      const view = progressView(io);
      const report = await importInto(config, { files, ...(format === undefined ? {} : { format }) }, view.onProgress);
      view.end();
      if (options.json) printJson(io, unwrap(report));
      else printReport(io, unwrap(report));
    });
};

export function printReport(io: Io, report: ImportReport): void {
  const { format, accepted, rows, seconds, users, films } = report;
  printLine(io, `${accepted} of ${rows} rows accepted (${format}, ${seconds.toFixed(1)} s)`);
  printRejected(io, report.rejected);
  if (report.ignoredColumns.length > 0) printLine(io, `  columns without use: ${report.ignoredColumns.join(', ')}`);
  if (report.ignoredFiles.length > 0) printLine(io, `  files without use: ${report.ignoredFiles.join(', ')}`);
  if (report.renamedFilms > 0) {
    printLine(io, `  ${report.renamedFilms} films share title and year with another: their number was appended`);
  }
  printLine(
    io,
    formatTable(
      ['in the state now', ''],
      [
        ['users', String(users)],
        ['films', String(films)],
      ],
    ),
  );
}

export function printRejected(io: Io, rejected: readonly Rejected[]): void {
  for (const { reason, count, examples: shown } of rejected) {
    printLine(io, `  ${count} refused: ${reason}`);
    for (const { file, line, text } of shown) printLine(io, `    ${file}:${line}: ${text}`);
  }
}
