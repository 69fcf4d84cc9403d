/** `matinee train`: new model versions from the imported data. */

import { Option, type Command } from 'commander';
import { trainVersions, type TrainedVersion } from '../app/train.js';
import { unwrap } from '../core/errors.js';
import type { Recipe } from '../train/recipe.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { progressView } from './progress.js';
import { addRecipeFlags, positiveInteger, recipeFrom, snapshotHelp, type RecipeOptions } from './recipe-flags.js';
import { formatTable } from './table.js';

interface Options extends RecipeOptions {
  readonly model: Recipe['kind'] | 'all';
  readonly threads?: number;
  readonly snapshot?: string;
  readonly json?: true;
}

/** In this order; the first one that learns from users becomes current when no version is. */
const kinds = ['popularity', 'linear', 'ials', 'text'] as const;

export const addTrain: AddCommand = (program, io) => {
  const command = program
    .command('train')
    .description(
      'Train model versions on the imported data; when none is current, the linear one becomes so, else iALS',
    );
  addRecipeFlags(addConfigFlags(command, ['dataDir', 'modelsDir', 'seed']))
    .addOption(new Option('--model <kind>', 'which to train').choices([...kinds, 'all']).default('all'))
    .option('--snapshot <id>', snapshotHelp)
    .option('--threads <n>', 'worker threads (default: all cores); the result does not depend on it', positiveInteger)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee train', 'matinee train --model ials --dimensions 128 --iterations 20'))
    .action(async (options: Options, self: Command) => {
      const { config } = configOf(self, io);
      const asked = options.model === 'all' ? kinds : [options.model];
      const recipes = asked.map((kind) => recipeFrom(kind, options, config.seed));
      const { threads, snapshot } = options;
      const view = progressView(io);
      const run = { command: ['matinee', ...self.parent!.args].join(' '), onProgress: view.onProgress };
      const versions = await trainVersions(config, recipes, {
        ...run,
        ...(threads === undefined ? {} : { threads }),
        ...(snapshot === undefined ? {} : { snapshot }),
      });
      view.end();
      if (options.json) printJson(io, unwrap(versions));
      else printVersions(io, unwrap(versions));
    });
};

export function printVersions(io: Io, versions: readonly TrainedVersion[]): void {
  for (const { manifest, iterations } of versions) {
    if (iterations.length === 0) continue;
    printLine(io, `${manifest.kind}, the loss on the data it learns from:\n`);
    const course = iterations.map(({ loss, seconds }, i) => [String(i + 1), loss!.toPrecision(6), seconds.toFixed(2)]);
    printLine(io, formatTable(['iteration', 'loss', 'seconds'], course));
    printLine(io, '');
  }
  const rows = versions.map(({ manifest, seconds, promoted }) => [
    manifest.id,
    String(manifest.items),
    String(manifest.dimensions),
    seconds.toFixed(1),
    promoted ? 'now current' : `to use it: matinee models promote ${manifest.id}`,
  ]);
  printLine(io, formatTable(['version', 'items', 'dimensions', 'seconds', ''], rows));
}
