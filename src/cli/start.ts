/**
 * `matinee start`: everything at once. Without data of one's own that is the whole loop on this machine: a simulated site that
 * asks, watches and writes its log, and the service that learns from it.
 */

import type { Command } from 'commander';
import { startLoop } from '../app/loop.js';
import { prepare } from '../app/start.js';
import type { Config } from '../config/load.js';
import { MatineeError, unwrap } from '../core/errors.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printReport } from './import.js';
import { printLine, type Io } from './io.js';
import { loopHeader, loopLine } from './loop-line.js';
import { progressView } from './progress.js';
import { printWelcome, serveUntilStopped } from './serve.js';
import { printVersions } from './train.js';

interface Options {
  readonly data?: string[];
  readonly kafka?: string;
}

const LINE_MS = 5_000;
const LINES_A_HEADER = 20;

export const addStart: AddCommand = (program, io) => {
  const command = program
    .command('start')
    .description('Import data and train a model where there is none, then serve: a simulated site, or your data');
  addConfigFlags(command)
    .option('--data <files...>', 'your CSV files or MovieLens folder, and no simulated site')
    .option('--kafka <host:port>', 'a broker that holds the log of the simulated site, instead of a folder')
    .addHelpText(
      'after',
      examples(
        'matinee start',
        'matinee start --kafka 127.0.0.1:9092',
        'matinee start --data ratings.csv --data-dir var-mine --models-dir models-mine',
      ),
    )
    .action(async (options: Options, self: Command) => {
      const { config } = configOf(self, io);
      refuseMixture(options, config);
      const view = progressView(io);
      const line = ['matinee', ...self.parent!.args].join(' ');
      const prepared = await prepare(config, options.data ?? [], line, view.onProgress);
      view.end();
      const { imported, trained, isDemonstration } = unwrap(prepared);
      if (imported !== undefined) printReport(io, imported);
      if (trained !== undefined) printVersions(io, trained);
      if (imported !== undefined || trained !== undefined) printLine(io, '');
      // Who brings data or a log has a site already.
      if (isDemonstration && config.source === undefined) await loopUntilStopped(config, options, io);
      else {
        if (config.source === undefined) printLine(io, 'without a simulated site: that is for the bundled data alone');
        await serveUntilStopped(config, io);
      }
    });
};

async function loopUntilStopped(config: Config, { kafka }: Options, io: Io): Promise<void> {
  // Listened for from the beginning: a signal during the start is obeyed as soon as there is something to close.
  const stop = io.stopRequested();
  const onFault = ({ message }: { message: string }): void => void io.stderr.write(`${message}; it is started again\n`);
  const loop = unwrap(await startLoop(config, { kafka, onFault }, io));
  printWelcome(io, config, loop.service);
  printLine(io, `  ${loop.world.apiUrl}/   the simulated site: be one of its viewers`);
  printLine(io, `\nThe site's log is ${loop.log}. An hour passes there in a minute.`);
  printLine(io, 'Ctrl-C stops both; the next start goes on from there. What follows is as the log tells it.\n');
  let told = 0;
  const telling = setInterval(() => {
    if (told++ % LINES_A_HEADER === 0) printLine(io, loopHeader);
    printLine(io, loopLine(loop.world.status(), loop.service.ingest(), loop.service.model()));
  }, LINE_MS);
  await stop;
  clearInterval(telling);
  await loop.close();
}

/** Who brings data or a log gets no simulated site, and its log would be nowhere. */
function refuseMixture({ data, kafka }: Options, { source }: Config): void {
  if (kafka === undefined || (data === undefined && source === undefined)) return;
  throw new MatineeError(
    'usage',
    `--kafka is for the simulated site, and ${data ? '--data' : '--source'} leaves it out`,
    {
      hint: 'To read a log of your own from Kafka, give --source kafka://host:port/topic alone or with --data.',
    },
  );
}
