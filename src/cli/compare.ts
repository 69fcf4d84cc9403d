/** `matinee compare`: several models at the same test cases, what they cost, and which one the evidence is enough for. */

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { compare, type Compared } from '../app/compare.js';
import { usualModels, type NamedRecipe } from '../app/contenders.js';
import { recipeOfVersion } from '../app/evaluate.js';
import { comparedProtocols, type ComparedProtocol } from '../app/evaluation-data.js';
import type { Config } from '../config/load.js';
import { MatineeError, unwrap } from '../core/errors.js';
import type { Comparison } from '../evaluate/comparison.js';
import { decisionText, verdictText } from '../evaluate/comparison-text.js';
import { figure, shortened, signedBounds } from '../evaluate/markdown.js';
import { deciding, testedText } from '../evaluate/report.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { progressView } from './progress.js';
import { snapshotHelp } from './recipe-flags.js';
import { formatTable } from './table.js';

interface Options {
  readonly protocol: readonly ComparedProtocol[];
  readonly snapshot?: string;
  readonly report?: true;
  readonly write?: string;
  readonly json?: true;
}

/** As the command line has it: one word. */
const wordOf = (name: string): string => name.replaceAll(' ', '-');
const names = usualModels(1).map(({ name }) => wordOf(name));

export const addCompare: AddCommand = (program, io) => {
  const command: Command = program
    .command('compare')
    .description('Measure several models at the same test cases, beside popularity of all times and of late')
    .argument('[models...]', `${names.join(', ')}, or versions, whose recipes are trained anew`, [...names]);
  addConfigFlags(command, [
    ...(['dataDir', 'modelsDir', 'seed', 'llmUrl', 'llmModel', 'llmInputUsd', 'llmOutputUsd'] as const),
    ...(['llmDailyUsd', 'llmTimeout'] as const),
  ])
    .addOption(
      new Option('--protocol <name...>', 'how the data is cut').choices(comparedProtocols).default(['rolling']),
    )
    .option('--snapshot <id>', snapshotHelp)
    .option('--report', 'measure what training and answering cost, too')
    .option('--write <file>', 'with --report: write all of it as one Markdown file')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'matinee compare',
        'matinee compare linear ials --protocol rolling leave-last-out',
        'matinee compare --report --write docs/model-comparison.md',
      ),
    )
    .action(async (asked: readonly string[], options: Options, self: Command) => {
      const { config } = configOf(self, io);
      const { protocol, snapshot, report = false, write, json } = options;
      if (write !== undefined && !report)
        throw new MatineeError('usage', '--write is for --report', {
          hint: 'Add --report, or take the report.md of the run folder that is printed.',
        });
      const models: NamedRecipe[] = [];
      for (const name of new Set(asked)) models.push(await modelNamed(name, config));
      const view = progressView(io);
      const compared = await compare(config, {
        ...{ protocols: [...new Set(protocol)], models, costs: report, onProgress: view.onProgress },
        ...(snapshot === undefined ? {} : { snapshot }),
      });
      view.end();
      const { run, comparisons, decision, signal, costs } = unwrap(compared);
      if (write !== undefined) writeDocument(resolve(io.cwd, write), unwrap(compared), self.parent!.args);
      if (json) printJson(io, { run, decision, signal, comparisons, costs });
      else printCompared(io, unwrap(compared));
    });
};

async function modelNamed(name: string, config: Config): Promise<NamedRecipe> {
  const known = usualModels(config.seed).find((model) => wordOf(model.name) === name);
  if (known !== undefined) return known;
  return { name, recipe: unwrap(await recipeOfVersion(config, name)) };
}

function printCompared(io: Io, { run, comparisons, signal, costs }: Compared): void {
  for (const comparison of comparisons) printComparison(io, comparison);
  if (costs.length > 0) {
    const rows = costs.map((cost) => [
      cost.model,
      cost.trainSeconds.toFixed(2),
      cost.trainCpuSeconds.toFixed(2),
      megabytes(cost.peakBytes),
      cost.answerCpuMicros.toFixed(1),
      cost.answersPerSecond.toFixed(0),
      megabytes(cost.diskBytes),
      megabytes(cost.imageBytes),
    ]);
    const header = ['model', 'train s', 'CPU s', 'peak MB', 'µs/answer', 'answers/s', 'disk MB', 'image MB'];
    printLine(io, `${formatTable(header, rows)}\n`);
  }
  printLine(io, `${decisionText(comparisons, signal, costs).replaceAll('**', '')}\n`);
  printLine(io, `report, pictures and inputs: ${run.path}`);
}

const longest = 22;

function printComparison(io: Io, comparison: Comparison): void {
  const { protocol, facts, figures, notes, k } = comparison;
  const metric = deciding(k);
  printLine(io, `${protocol}: ${testedText(facts)}; 95 % intervals\n`);
  const rows = figures.models.map(({ model, metrics, difference, lessRecent }) => {
    return [
      shortened(model, longest),
      figure(metrics[`recall@${k}`]!.value),
      figure(metrics[metric]!.value),
      signedBounds(difference?.[metric]),
      signedBounds(lessRecent?.[metric]),
    ];
  });
  printLine(io, formatTable(['model', `recall@${k}`, metric, 'less popularity', 'less recent pop.'], rows));
  printLine(io, `\n${verdictText(comparison).replaceAll('**', '')}\n`);
  printLine(io, `${notes.map((note) => `- ${note}`).join('\n')}\n`);
}

/** The document of `--write`. */
function writeDocument(path: string, { text }: Compared, args: readonly string[]): void {
  const made = `Written by \`matinee ${args.join(' ')}\`; docs/comparing.md says how to read it.`;
  const document = ['# Which model', made, text].join('\n\n');
  try {
    writeFileSync(path, `${document}\n`);
  } catch (cause) {
    const hint = 'Name a file in a folder that exists and may be written.';
    throw new MatineeError('file-unreadable', `cannot write ${path}: ${(cause as Error).message}`, { hint, cause });
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
