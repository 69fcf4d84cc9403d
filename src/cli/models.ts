/** `matinee models`: the versions that the registry holds, and which of them serves. */

import type { Command } from 'commander';
import { exportVersion, importVersion, showVersion, versionNamed, withRegistry } from '../app/models.js';
import { buildOverlayNow, type BuiltOverlay } from '../app/overlay-build.js';
import { succeed, unwrap } from '../core/errors.js';
import type { Listing, Move, Pointers } from '../registry/registry.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { manifestRows } from './manifest-rows.js';
import { formatTable } from './table.js';

interface Options {
  readonly json?: true;
}

const VERSION = 'id of a version, or current, previous or candidate';

export const addModels: AddCommand = (program, io) => {
  const models = program.command('models').description('List, release and exchange model versions');

  const command = (name: string, summary: string, ...lines: readonly string[]): Command =>
    addConfigFlags(models.command(name).description(summary), ['modelsDir'])
      .option('--json', 'print JSON')
      .addHelpText('after', examples(...lines));

  command('list', 'print the versions, newest first', 'matinee models list', 'matinee models list --json').action(
    async (options: Options, self: Command) => {
      const listing = await withRegistry(configOf(self, io).config, true, (registry) =>
        succeed({ ...registry.list(), pointers: registry.pointers() }),
      );
      printListing(io, unwrap(listing), options);
    },
  );

  command('show', 'print all that is known of a version', 'matinee models show', 'matinee models show previous --json')
    .argument('[version]', VERSION, 'current')
    .action(async (name: string, options: Options, self: Command) => {
      const shown = await withRegistry(configOf(self, io).config, true, (registry) => {
        const id = versionNamed(registry, name);
        return id.ok ? showVersion(registry, id.value) : id;
      });
      const { manifest, overlay } = unwrap(shown);
      if (options.json) printJson(io, { ...manifest, overlay });
      else printLine(io, formatTable(['field', 'value'], manifestRows(manifest, overlay)));
    });

  addConfigFlags(
    models.command('overlay').description('give films that came after training their rows, as the service does'),
    ['dataDir', 'modelsDir'],
  )
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee models overlay', 'matinee models overlay candidate --json'))
    .argument('[version]', VERSION, 'current')
    .action(async (name: string, options: Options, self: Command) => {
      const built = unwrap(await buildOverlayNow(configOf(self, io).config, name));
      if (options.json) printJson(io, built);
      else printLine(io, overlayText(built));
    });

  command('promote', 'make a version current, once its bytes are proven', 'matinee models promote candidate')
    .argument('<version>', VERSION)
    .action(async (name: string, options: Options, self: Command) => {
      const move = await withRegistry(configOf(self, io).config, false, (registry) => {
        const id = versionNamed(registry, name);
        return id.ok ? registry.promote(id.value) : id;
      });
      printMove(io, unwrap(move), options);
    });

  command('rollback', 'return to the previous version', 'matinee models rollback').action(
    async (options: Options, self: Command) => {
      const move = await withRegistry(configOf(self, io).config, false, (registry) => registry.rollback());
      printMove(io, unwrap(move), options);
    },
  );

  command('remove', 'delete a version that no pointer names', 'matinee models remove ials-20260102t030405-1a2b3c4d')
    .argument('<version>', 'id of a version')
    .action(async (id: string, options: Options, self: Command) => {
      unwrap(await withRegistry(configOf(self, io).config, false, (registry) => registry.remove(id)));
      if (options.json) printJson(io, { removed: id });
      else printLine(io, `${id} is removed`);
    });

  command('export', 'write a version to a safetensors file', 'matinee models export current model.safetensors')
    .argument('<version>', VERSION)
    .argument('<file>', 'file to write; one of that name is replaced')
    .action(async (name: string, file: string, options: Options, self: Command) => {
      const manifest = await withRegistry(configOf(self, io).config, true, (registry) => {
        const id = versionNamed(registry, name);
        return id.ok ? exportVersion(registry, id.value, file) : id;
      });
      const { id } = unwrap(manifest);
      if (options.json) printJson(io, { version: id, file });
      else printLine(io, `${id} is in ${file}`);
    });

  command('import', 'add a version from a safetensors file', 'matinee models import model.safetensors')
    .argument('<file>', 'file that `matinee models export` or another framework wrote (docs/models.md)')
    .action(async (file: string, options: Options, self: Command) => {
      const commandLine = `matinee models import ${file}`;
      const imported = await withRegistry(configOf(self, io).config, false, (registry) =>
        importVersion(registry, file, commandLine),
      );
      const { manifest, notes } = unwrap(imported);
      if (options.json) return printJson(io, { version: manifest.id, notes });
      printLine(io, `${manifest.id} is imported; \`matinee models promote ${manifest.id}\` lets it serve`);
      for (const note of notes) printLine(io, `  ${note}`);
    });
};

function printListing(
  io: Io,
  { versions, damaged, pointers }: Listing & { pointers: Pointers },
  { json }: Options,
): void {
  if (json) {
    const reasons = damaged.map(({ id, error }) => ({ id, code: error.code, message: error.message }));
    return printJson(io, { pointers, versions, damaged: reasons });
  }
  const pointersTo = (id: string): string =>
    Object.entries(pointers)
      .filter(([, target]) => target === id)
      .map(([pointer]) => pointer)
      .join(', ');
  const rows = [
    ...versions.map(({ id, kind, items, dimensions, created }) => [
      ...[id, kind, String(items), String(dimensions), created.slice(0, 16).replace('T', ' '), pointersTo(id)],
    ]),
    ...damaged.map(({ id }) => [id, 'damaged', '', '', '', pointersTo(id)]),
  ];
  printLine(io, formatTable(['version', 'kind', 'items', 'dimensions', 'created (UTC)', 'pointer'], rows));
}

function overlayText({ version, number, films }: BuiltOverlay): string {
  if (number === 0) return `${version} needs no overlay: it knows all films that the site lists, or ranks all alike`;
  return [`overlay ${number} of ${version} has ${films.length} films`, ...films.map((id) => `  ${id}`)].join('\n');
}

function printMove(io: Io, move: Move, { json }: Options): void {
  if (json) return printJson(io, move);
  const { current, previous } = move.pointers;
  const before = previous === null ? '' : `; the previous one is ${previous}`;
  printLine(io, move.changed ? `${current} is now current${before}` : `${current} is current already`);
}
