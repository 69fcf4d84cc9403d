/** `matinee tune`: seeded search for the hyper-parameters of a model, on validation cuts alone. */

import { Argument, Option } from 'commander';
import { tune, type Tuning } from '../app/tune.js';
import type { Config } from '../config/load.js';
import { unwrap } from '../core/errors.js';
import { verdictText } from '../evaluate/comparison-text.js';
import { figure } from '../evaluate/markdown.js';
import { deciding } from '../evaluate/report.js';
import type { SiteProtocol } from '../evaluate/protocols/cuts-by.js';
import { flatnessText } from '../evaluate/tuning/tuning-text.js';
import { tuningProtocols } from '../evaluate/tuning/validation.js';
import type { Recipe } from '../train/recipe.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { wholeNumberFlag } from './number-flags.js';
import { progressView } from './progress.js';
import { recipeFlags, snapshotHelp } from './recipe-flags.js';
import { formatTable } from './table.js';

interface Options {
  readonly protocol: SiteProtocol;
  readonly trials: number;
  readonly snapshot?: string;
  readonly dataDir?: string;
  readonly modelsDir?: string;
  readonly json?: true;
}

const kinds = ['popularity', 'text', 'ials', 'linear'] as const satisfies readonly Recipe['kind'][];
const shown = 10;

export const addTune: AddCommand = (program, io) => {
  const command = program
    .command('tune')
    .description('Search hyper-parameters inside what a protocol may learn; popularity is always a candidate')
    .addArgument(new Argument('<kind>', 'which model').choices(kinds));
  addConfigFlags(command, ['dataDir', 'modelsDir', 'seed'])
    .addOption(new Option('--protocol <name>', 'how data is cut').choices(tuningProtocols).default('leave-last-out'))
    .option('--trials <n>', 'candidates drawn beside the defaults', wholeNumberFlag('--trials', 1, 1000), 24)
    .option('--snapshot <id>', snapshotHelp)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee tune linear', 'matinee tune ials --protocol rolling --trials 48 --seed 7'))
    .action(async (kind: Recipe['kind'], options: Options) => {
      const { config } = configOf(command, io);
      const { protocol, trials, snapshot, json } = options;
      const view = progressView(io);
      const tuned = await tune(config, {
        ...{ kind, protocol, trials, onProgress: view.onProgress },
        ...(snapshot === undefined ? {} : { snapshot }),
      });
      view.end();
      if (json) printJson(io, unwrap(tuned));
      else printTuning(io, unwrap(tuned), trainLine(unwrap(tuned).recipe, config, options));
    });
};

/** @param next the command that makes a version of what was found */
function printTuning(io: Io, tuning: Tuning, next: string): void {
  const { search, parameters, rungs, run } = tuning;
  const { last, scores } = search;
  printLine(io, `${last.protocol}: ${last.facts.userWindows} test cases at the last of ${rungs.length} rungs\n`);
  const best = Object.entries(scores)
    .filter(([, its]) => its.length === rungs.length)
    .toSorted(([, a], [, b]) => b.at(-1)!.mean - a.at(-1)!.mean);
  const names = Object.keys(Object.values(parameters)[0]!);
  const rows = best.slice(0, shown).map(([candidate, its]) => {
    const values = names.map((name) => String(parameters[candidate]?.[name] ?? ''));
    return [candidate, figure(its.at(-1)!.mean), ...values];
  });
  printLine(io, formatTable(['candidate', deciding(last.k), ...names], rows));
  printLine(io, `\n${verdictText(last).replaceAll('**', '')}`);
  printLine(io, `${flatnessText(tuning)}\n`);
  printLine(io, `to use it:  ${next}`);
  printLine(io, `all candidates, pictures and inputs:  ${run.path}`);
}

/** The command that trains a version of the recipe from the same data; its flags are named as the parameters are. */
function trainLine({ kind, parameters }: Recipe, { seed }: Config, { snapshot, dataDir, modelsDir }: Options): string {
  const values: Readonly<Record<string, number>> = { ...parameters, halfLife: parameters.halfLifeDays ?? 0 };
  const chosen = recipeFlags.map((flag) => [flag, values[flag]] as const);
  const flags = [...chosen, ...Object.entries({ seed, snapshot, dataDir, modelsDir })].flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}=${value}`],
  );
  return ['matinee train --model', kind, ...flags].join(' ');
}
