/** `matinee evaluate`: how good a model's lists are on interactions it was not trained on. */

import { Option, type Command } from 'commander';
import { evaluateReplay } from '../app/evaluate-replay.js';
import { evaluate, recipeOfVersion } from '../app/evaluate.js';
import { comparedProtocols, type EvaluationSource } from '../app/evaluation-data.js';
import type { Config } from '../config/load.js';
import { MatineeError, unwrap } from '../core/errors.js';
import { groupings, type Grouping } from '../evaluate/groups.js';
import type { NcfPaths } from '../evaluate/protocols/ncf-files.js';
import type { Recipe } from '../train/recipe.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { printEvaluation, printReplay } from './evaluation-view.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, type Io } from './io.js';
import { progressView } from './progress.js';
import { addRecipeFlags, recipeFlags, recipeFrom, snapshotHelp, type RecipeOptions } from './recipe-flags.js';

interface Options extends RecipeOptions, Partial<NcfPaths> {
  readonly protocol: EvaluationSource['protocol'] | 'replay';
  readonly model: string;
  readonly group?: readonly Grouping[];
  readonly snapshot?: string;
  readonly lists?: string;
  readonly json?: true;
}

const protocols: readonly Options['protocol'][] = [...comparedProtocols, 'replay', 'ncf'];
const kinds = ['popularity', 'text', 'ials', 'linear'] as const satisfies readonly Recipe['kind'][];

export const addEvaluate: AddCommand = (program, io) => {
  const command = program
    .command('evaluate')
    .description('Train on one part of the data and measure the lists on the rest, beside popularity');
  addRecipeFlags(addConfigFlags(command, ['dataDir', 'modelsDir', 'seed']))
    .addOption(new Option('--protocol <name>', 'how the data is cut').choices(protocols).default('time'))
    .option('--model <name>', `${kinds.join(', ')}, or a version, whose recipe is trained anew`, 'linear')
    .addOption(new Option('--group <name...>', 'figures by groups of users as well').choices(groupings))
    .option('--snapshot <id>', snapshotHelp)
    .option('--train <file>', 'ncf: what to learn, lines of user, item, rating and timestamp')
    .option('--test <file>', "ncf: each user's film to be found, likewise")
    .option('--negatives <file>', 'ncf: lines of (user,item) and 99 films, in the order of the test file')
    .option('--lists <file>', 'write the lists as JSON lines')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'matinee evaluate',
        'matinee evaluate --protocol rolling --model ials --json',
        'matinee evaluate --protocol leave-last-out --group activity age',
        'matinee evaluate --protocol ncf --train a.train.rating --test a.test.rating --negatives a.test.negative',
      ),
    )
    .action(async (options: Options, self: Command) => {
      const { config } = configOf(self, io);
      if (options.protocol === 'replay') return replay(config, options, self, io);
      const { model: name, lists, group = [] } = options;
      const source = sourceOf(options.protocol, options);
      const recipe = await recipeNamed(name, options, self, config);
      const view = progressView(io);
      const evaluation = await evaluate(config, {
        ...{ source, name, recipe, groupings: group, onProgress: view.onProgress },
        ...(lists === undefined ? {} : { listFile: lists }),
      });
      view.end();
      if (options.json) printJson(io, unwrap(evaluation));
      else printEvaluation(io, unwrap(evaluation));
    });
};

/** Asks popularity alone, event by event: neither a model nor lists nor groups are part of it. */
async function replay(config: Config, { snapshot, json }: Options, command: Command, io: Io): Promise<void> {
  const foreign = ['model', 'group', 'lists', 'train', 'test', 'negatives', ...recipeFlags].filter(
    (flag) => command.getOptionValueSource(flag) === 'cli',
  );
  if (foreign.length > 0) refuse(`--protocol replay compares popularities alone: it has no ${foreign.join(', ')}`);
  const view = progressView(io);
  const replayed = unwrap(
    await evaluateReplay(config, { ...(snapshot === undefined ? {} : { snapshot }), onProgress: view.onProgress }),
  );
  view.end();
  if (json) printJson(io, replayed);
  else printReplay(io, replayed);
}

/** @throws MatineeError `usage`, for files or a snapshot that the protocol does not read, or lacks */
function sourceOf(
  protocol: EvaluationSource['protocol'],
  { snapshot, train, test, negatives }: Options,
): EvaluationSource {
  const given = [train, test, negatives].filter((path) => path !== undefined);
  if (protocol !== 'ncf') {
    if (given.length > 0) refuse(`--train, --test and --negatives are for --protocol ncf, not ${protocol}`);
    return { protocol, ...(snapshot === undefined ? {} : { snapshot }) };
  }
  if (snapshot !== undefined) refuse('--protocol ncf reads files, no snapshot');
  if (train === undefined || test === undefined || negatives === undefined) {
    refuse('--protocol ncf needs the published files: --train FILE --test FILE --negatives FILE', {
      hint: 'Without them there is nothing to measure; docs/evaluation.md says what is in them.',
    });
  }
  return { protocol, files: { train, test, negatives } };
}

function refuse(message: string, details?: { readonly hint: string }): never {
  throw new MatineeError('usage', message, details);
}

async function recipeNamed(name: string, options: Options, command: Command, config: Config): Promise<Recipe> {
  const kind = kinds.find((known) => known === name);
  if (kind !== undefined) return recipeFrom(kind, options, config.seed);
  const given = recipeFlags.filter((flag) => command.getOptionValueSource(flag) === 'cli');
  if (given.length > 0) {
    refuse(`a version keeps the ${given.join(', ')} it was trained with`, {
      hint: 'Leave these flags out, or evaluate --model ials with them.',
    });
  }
  return unwrap(await recipeOfVersion(config, name));
}
