/** `matinee state`: what the state holds, and what that takes. */

import type { Command } from 'commander';
import { stateSpace, withState, type StateSpace } from '../app/state.js';
import { succeed, unwrap } from '../core/errors.js';
import { canonicalLines } from '../store/canonical.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { formatTable } from './table.js';

export const addState: AddCommand = (program, io) => {
  const state = program.command('state').description('Look at the state: its size, and its content as text');

  addConfigFlags(state.command('stats').description('print what users, films and each database take on disk'), [
    'dataDir',
  ])
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee state stats', 'matinee state stats --json'))
    .action(async ({ json }: { readonly json?: true }, self: Command) => {
      const space = unwrap(await stateSpace(configOf(self, io).config));
      if (json) printJson(io, space);
      else printSpace(io, space);
    });

  addConfigFlags(state.command('dump').description('print the whole state as JSON lines'), ['dataDir'])
    .requiredOption('--canonical', 'in the form that is equal for equal content, whatever the order it came in')
    .addHelpText('after', examples('matinee state dump --canonical', 'matinee state dump --canonical | sha256sum'))
    .action(async (_: unknown, self: Command) => {
      unwrap(
        await withState(configOf(self, io).config, (opened) => {
          printAtOnce(io, canonicalLines(opened));
          return succeed(undefined);
        }),
      );
    });
};

const CHUNK_LENGTH = 65_536;

/** Without a return to the event loop, and in few writes. */
function printAtOnce(io: Io, lines: Iterable<string>): void {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    io.stdout.write(chunk);
    chunk = '';
  }
  io.stdout.write(chunk);
}

function printSpace(io: Io, space: StateSpace): void {
  const { users, films, interactions, bytesOnDisk, bytesPerUser, bytesPerFilm, databases } = space;
  const count = (label: string, value: number): string[] => [label, String(Math.round(value))];
  const summary = [
    ...[count('users', users), count('bytes a user', bytesPerUser)],
    ...[count('films', films), count('bytes a film', bytesPerFilm)],
    ...[count('interactions', interactions), count('bytes on disk', bytesOnDisk)],
  ];
  printLine(io, formatTable(['state', ''], summary));
  printLine(io, '');
  const rows = databases.map(({ name, entries, branchPages, leafPages, overflowPages, bytes }) => [
    ...[name, String(entries), String(branchPages), String(leafPages), String(overflowPages), String(bytes)],
    entries === 0 ? '' : (bytes / entries).toFixed(1),
  ]);
  printLine(
    io,
    formatTable(
      ['database', 'entries', 'branch pages', 'leaf pages', 'overflow pages', 'bytes', 'bytes an entry'],
      rows,
    ),
  );
}
