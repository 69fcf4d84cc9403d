/** `matinee films`: what people know of films and the site does not say. */

import type { Command } from 'commander';
import { annotateInto } from '../app/films.js';
import { unwrap } from '../core/errors.js';
import type { AnnotationReport } from '../ingest/annotation/annotate-films.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printRejected } from './import.js';
import { printJson, printLine, type Io } from './io.js';

export const addFilms: AddCommand = (program, io) => {
  const films = program.command('films').description('Tell the catalogue what the site does not say of its films');
  const annotate = films.command('annotate').description('read for whom films are: all, teen, adult or unknown');
  addConfigFlags(annotate, ['dataDir'])
    .argument('<file>', 'CSV with the columns movie_id, maturity (also G, PG, PG-13, R, NC-17) and perhaps source')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee films annotate maturity.csv'))
    .action(async (file: string, { json }: { readonly json?: true }, self: Command) => {
      const report = unwrap(await annotateInto(configOf(self, io).config, file));
      if (json) printJson(io, report);
      else printAnnotation(io, report);
    });
};

function printAnnotation(io: Io, { file, rows, accepted, changed, rejected }: AnnotationReport): void {
  printLine(io, `${accepted} of ${rows} rows of ${file} accepted, ${changed} films changed`);
  printRejected(io, rejected);
}
