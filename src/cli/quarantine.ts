/** `matinee quarantine`: the lines of the log that do not count, and why. */

import type { Command } from 'commander';
import { reasonMeanings, uncountedLine, uncountedLines, type UncountedLine } from '../app/quarantine.js';
import { retryLines, type RetryReport } from '../app/retry.js';
import { MatineeError, unwrap } from '../core/errors.js';
import { printable } from '../core/printable.js';
import type { LineKey } from '../ingest/quarantine.js';
import { isPlainText } from '../world/plain-text.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { hexView } from './hex-view.js';
import { printJson, printLine, type Io } from './io.js';
import { positiveInteger } from './recipe-flags.js';
import { formatTable } from './table.js';

const SHOWN_LENGTH_MAX = 100;

interface ListOptions {
  readonly reason?: string;
  readonly limit: number;
  readonly json?: true;
}

export const addQuarantine: AddCommand = (program, io) => {
  const quarantine = program
    .command('quarantine')
    .description('Look at the lines of the log that were rejected, and at those that are held until they are settled');

  const command = (name: string, summary: string, ...lines: readonly string[]): Command =>
    addConfigFlags(quarantine.command(name).description(summary), ['dataDir'])
      .option('--json', 'print JSON')
      .addHelpText('after', examples(...lines));

  command('list', 'print lines and how many there are for each reason', 'matinee quarantine list --reason film-unknown')
    .option('--reason <code>', 'only lines with this reason')
    .option('--limit <n>', 'at most so many held and so many rejected lines, the newest first', positiveInteger, 20)
    .action(async ({ reason, limit, json }: ListOptions, self: Command) => {
      const { held, rejected } = unwrap(await uncountedLines(configOf(self, io).config, { reason, limit }));
      const lines = [...held.lines, ...rejected.lines];
      if (json) {
        const counts = { held: Object.fromEntries(held.counts), rejected: Object.fromEntries(rejected.counts) };
        printJson(io, { counts, lines: lines.map(asJson) });
        return;
      }
      const counts = [
        ...Array.from(held.counts, ([code, count]) => ['held', code, String(count)]),
        ...Array.from(rejected.counts, ([code, count]) => ['rejected', code, String(count)]),
      ];
      if (counts.length === 0) return printLine(io, 'no line is held or rejected');
      printLine(io, formatTable(['status', 'reason', 'lines'], counts));
      printLine(io, '');
      printLine(io, formatTable(['line', 'status', 'reason', 'text'], lines.map(asRow)));
    });

  command('retry', 'put lines through the ingest again, all or those with one reason', 'matinee quarantine retry')
    .option('--reason <code>', 'only lines with this reason')
    .action(async ({ reason, json }: Omit<ListOptions, 'limit'>, self: Command) => {
      const report = unwrap(await retryLines(configOf(self, io).config, reason));
      if (json) printJson(io, report);
      else printRetried(io, report);
    });

  command('show', 'print one line whole, safe for a terminal', 'matinee quarantine show 0:1827364')
    .argument('<line>', 'partition:offset')
    .action(async (place: string, { json }: { readonly json?: true }, self: Command) => {
      const line = unwrap(await uncountedLine(configOf(self, io).config, keyFrom(place)));
      if (json) printJson(io, asJson(line));
      else printShown(io, line);
    });
};

function printRetried(io: Io, { tried, cut, changed }: RetryReport): void {
  printLine(io, `${tried} lines tried again`);
  const accepted = Object.values(changed.accepted).reduce((sum, count) => sum + count, 0);
  printLine(io, `  ${accepted} of them count now`);
  for (const [reason, count] of Object.entries(changed.held)) printLine(io, `  held ${signed(count)}: ${reason}`);
  for (const [reason, count] of Object.entries(changed.rejected))
    printLine(io, `  rejected ${signed(count)}: ${reason}`);
  if (cut > 0) printLine(io, `  ${cut} too long to be kept whole: they stay rejected`);
}

const signed = (count: number): string => (count > 0 ? `+${count}` : String(count));

function keyFrom(place: string): LineKey {
  const match = /^(\d{1,9}):(\d{1,15})$/.exec(place);
  if (match !== null) return { partition: Number(match[1]), offset: Number(match[2]) };
  throw new MatineeError(
    'usage',
    `${printable(place, SHOWN_LENGTH_MAX)} is no line: write partition:offset, as in 0:1827364`,
  );
}

const placeOf = ({ partition, offset }: LineKey): string => `${partition}:${offset}`;
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const asRow = (line: UncountedLine): string[] => [
  ...[placeOf(line), line.status, line.reason, printable(textOf(line.bytes), SHOWN_LENGTH_MAX)],
];

/** `text` is null where the bytes are none; `base64` holds them exactly, as far as they are kept. */
const asJson = ({ bytes, ...line }: UncountedLine): object => ({
  ...line,
  text: isPlainText(bytes, 0, bytes.length) ? textOf(bytes) : null,
  base64: Buffer.from(bytes).toString('base64'),
});

function printShown(io: Io, line: UncountedLine): void {
  const { status, topic, reason, bytes, length } = line;
  const kept = bytes.length === length ? '' : `, of which the first ${bytes.length} are kept`;
  const rows = [
    ['line', `${placeOf(line)} of ${printable(topic, SHOWN_LENGTH_MAX)}`],
    ['status', status],
    ['reason', `${reason}: ${reasonMeanings.get(reason) ?? ''}`],
    ['bytes', `${length}${kept}`],
  ];
  printLine(io, formatTable(['field', 'value'], rows));
  printLine(io, '');
  printLine(io, isPlainText(bytes, 0, bytes.length) ? printable(textOf(bytes), Infinity) : hexView(bytes));
}
