/** `matinee evaluate`: how good a model's lists are on interactions it was not trained on. */

import { Option, type Command } from 'commander';
import { evaluate, recipeOfVersion, type Evaluation } from '../app/evaluate.js';
import type { Config } from '../config/load.js';
import { MatineeError, unwrap } from '../core/errors.js';
import type { Interval } from '../evaluate/bootstrap.js';
import { protocols, type Protocol } from '../evaluate/protocol.js';
import type { Recipe } from '../train/recipe.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { progressView } from './progress.js';
import { addRecipeFlags, recipeFlags, recipeFrom, snapshotHelp, type RecipeOptions } from './recipe-flags.js';
import { formatTable } from './table.js';

interface Options extends RecipeOptions {
  readonly protocol: Protocol;
  readonly model: string;
  readonly snapshot?: string;
  readonly lists?: string;
  readonly json?: true;
}

export const addEvaluate: AddCommand = (program, io) => {
  const command = program
    .command('evaluate')
    .description('Train on one part of the data and measure the lists on the rest, beside popularity');
  addRecipeFlags(addConfigFlags(command, ['dataDir', 'modelsDir', 'seed']))
    .addOption(new Option('--protocol <name>', 'how the data is cut').choices(protocols).default('time'))
    .option('--model <name>', 'popularity, ials, or a version, whose recipe is trained anew', 'ials')
    .option('--snapshot <id>', snapshotHelp)
    .option('--lists <file>', 'write the lists as JSON lines')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee evaluate', 'matinee evaluate --protocol leave-last-out --json'))
    .action(async (options: Options, self: Command) => {
      const { config } = configOf(self, io);
      const { protocol, model: name, lists, snapshot } = options;
      const recipe = await recipeNamed(name, options, self, config);
      const view = progressView(io);
      const asked = { protocol, name, recipe, onProgress: view.onProgress };
      const evaluation = await evaluate(config, {
        ...asked,
        ...(lists === undefined ? {} : { listFile: lists }),
        ...(snapshot === undefined ? {} : { snapshot }),
      });
      view.end();
      if (options.json) printJson(io, unwrap(evaluation));
      else printEvaluation(io, unwrap(evaluation));
    });
};

async function recipeNamed(name: string, options: Options, command: Command, config: Config): Promise<Recipe> {
  if (name === 'popularity' || name === 'ials') return recipeFrom(name, options, config.seed);
  const given = recipeFlags.filter((flag) => command.getOptionValueSource(flag) === 'cli');
  if (given.length > 0) {
    throw new MatineeError('usage', `a version keeps the ${given.join(', ')} it was trained with`, {
      hint: 'Leave these flags out, or evaluate --model ials with them.',
    });
  }
  return unwrap(await recipeOfVersion(config, name));
}

const withInterval = ({ value, low, high }: Interval): string =>
  `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;

function printEvaluation(io: Io, evaluation: Evaluation): void {
  const { protocol, model, n, metrics, coverage, baseline, difference, cold, notes } = evaluation;
  printLine(io, `${protocol}: ${n} test users with history, ${cold.n} without; 95 % intervals\n`);
  const rows = Object.keys(metrics).map((name) => [
    name,
    withInterval(metrics[name]!),
    withInterval(baseline.metrics[name]!),
    withInterval(difference[name]!),
  ]);
  rows.push(['coverage', coverage.toFixed(4), baseline.coverage.toFixed(4), '']);
  printLine(io, formatTable(['metric', model, baseline.model, 'difference'], rows));
  printLine(io, `\n${notes.map((note) => `- ${note}`).join('\n')}`);
}
