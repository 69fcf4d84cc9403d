/** `matinee snapshot`: the state as Parquet files of one moment: taken, listed, proven, restored. */

import type { Command } from 'commander';
import { findSnapshot, listSnapshots, restoreInto, takeSnapshot, type SnapshotListing } from '../app/snapshots.js';
import { unwrap } from '../core/errors.js';
import type { SnapshotManifest } from '../dataset/snapshot/manifest.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { progressView } from './progress.js';
import { formatTable } from './table.js';

interface Options {
  readonly json?: true;
}

const NAME = 'id of a snapshot, newest, or a path';

export const addSnapshot: AddCommand = (program, io) => {
  const snapshot = program.command('snapshot').description('Take, list, verify and restore snapshots of the state');

  const command = (name: string, summary: string, isDefault: boolean, ...lines: readonly string[]): Command =>
    addConfigFlags(snapshot.command(name, { isDefault }).description(summary), ['dataDir', 'modelsDir'])
      .option('--json', 'print JSON')
      .addHelpText('after', examples(...lines));

  command(
    'take',
    'write the state as it is now, unless the newest snapshot is that',
    true,
    'matinee snapshot',
    'matinee snapshot take --json',
  ).action(async ({ json }: Options, self: Command) => {
    const view = progressView(io);
    const taken = await takeSnapshot(configOf(self, io).config, view.onProgress);
    view.end();
    const { manifest, folder, made, removed } = unwrap(taken);
    if (json) return printJson(io, { snapshot: manifest.id, folder, made, removed, manifest });
    printLine(io, made ? `${manifest.id} is in ${folder}` : `${manifest.id} is the state as it is, in ${folder}`);
    printLine(io, `  ${contentOf(manifest)}`);
    for (const id of removed) printLine(io, `  ${id} is removed: old, and no model version names it`);
  });

  command('list', 'print the snapshots, newest first', false, 'matinee snapshot list --json').action(
    async ({ json }: Options, self: Command) => {
      const listing = await listSnapshots(configOf(self, io).config);
      if (json) printJson(io, listing);
      else printListing(io, listing);
    },
  );

  command(
    'verify',
    'prove every byte of a snapshot',
    false,
    'matinee snapshot verify',
    'matinee snapshot verify newest',
  )
    .argument('[snapshot]', NAME, 'newest')
    .action(async (name: string, { json }: Options, self: Command) => {
      const { manifest } = unwrap(await findSnapshot(configOf(self, io).config, name));
      if (json) return printJson(io, { snapshot: manifest.id, sha256: manifest.sha256, sound: true });
      printLine(io, `${manifest.id} is sound: ${contentOf(manifest)}`);
    });

  command('restore', 'make the state of an empty data folder', false, 'matinee snapshot restore newest')
    .argument('<snapshot>', NAME)
    .action(async (name: string, { json }: Options, self: Command) => {
      const view = progressView(io);
      const restored = await restoreInto(configOf(self, io).config, name, view.onProgress);
      view.end();
      const { manifest } = unwrap(restored);
      if (json) return printJson(io, { snapshot: manifest.id, offsets: manifest.offsets, counts: manifest.counts });
      printLine(io, `${manifest.id} is restored: ${contentOf(manifest)}`);
      for (const [partition, { to }] of Object.entries(manifest.offsets)) {
        printLine(io, `  partition ${partition} goes on at offset ${to}`);
      }
    });
};

const contentOf = ({ counts, sha256 }: SnapshotManifest): string =>
  `${counts.interactions} interactions of ${counts.users} users with ${counts.films} films, SHA-256 ${sha256}`;

function printListing(io: Io, { snapshots, damaged }: SnapshotListing): void {
  const rows = [
    ...snapshots.map(({ id, created, counts, files }) => [
      ...[id, created.slice(0, 16).replace('T', ' ')],
      ...[counts.interactions, counts.users, counts.films].map(String),
      String(Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0)),
    ]),
    ...damaged.map((id) => [id, 'damaged', '', '', '', '']),
  ];
  printLine(io, formatTable(['snapshot', 'created (UTC)', 'interactions', 'users', 'films', 'bytes'], rows));
}
