/** `matinee quality`: whether what the site tells us is whole, in its limits, and still what it was. */

import type { Command } from 'commander';
import { makeQualityReport, type StoredReport } from '../app/quality.js';
import { unwrap } from '../core/errors.js';
import { printable } from '../core/printable.js';
import { percent, verdicts, type Finding } from '../quality/finding.js';
import { defaultDays } from '../quality/report.js';
import type { Span } from '../quality/windows.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { CheckFailed } from './failure.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { progressView } from './progress.js';
import { positiveInteger } from './recipe-flags.js';
import { formatTable } from './table.js';

interface ReportOptions {
  readonly json?: true;
  readonly days: number;
  readonly referenceDays: number;
}

const EXAMPLE_CHARS_MAX = 90;

export const addQuality: AddCommand = (program, io) => {
  const quality = program.command('quality').description('Look at the quality of the data, and at its drift');

  addConfigFlags(
    quality
      .command('report')
      .description('check the log, both look-up APIs and our own answers; exit code 1 when something is bad'),
    ['dataDir', 'modelsDir', 'ratingScale'],
  )
    .option('--days <n>', 'the newest days of the log that are looked at', positiveInteger, defaultDays.days)
    .option('--reference-days <n>', 'the days before them', positiveInteger, defaultDays.referenceDays)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('matinee quality report', 'matinee quality report --days 1 --reference-days 7 --json'),
    )
    .action(async ({ json, days, referenceDays }: ReportOptions, self: Command) => {
      const view = progressView(io);
      const made = await makeQualityReport(configOf(self, io).config, { days, referenceDays }, view.onProgress);
      view.end();
      const report = unwrap(made);
      if (json) printJson(io, report);
      else printReport(io, report);
      if (report.verdict === 'bad') throw new CheckFailed();
    });
};

function printReport(io: Io, { snapshot, windows, verdict, counts, findings }: StoredReport): void {
  printLine(io, `snapshot ${snapshot}: ${spanText(windows.current)}, against ${spanText(windows.reference)}`);
  printLine(io, '');
  printLine(
    io,
    formatTable(
      ['interface', 'what', 'check', 'value', 'expectation', 'samples', 'verdict', 'example'],
      findings.map(asRow),
    ),
  );
  printLine(io, '');
  const each = verdicts.filter((one) => counts[one] > 0).map((one) => `${counts[one]} ${one}`);
  printLine(io, `verdict: ${verdict} (${each.join(', ')})`);
}

const asRow = (finding: Finding): string[] => [
  ...[finding.interface, finding.kind, finding.check, valueText(finding), finding.expectation],
  ...[String(finding.samples), finding.verdict, printable(finding.examples[0] ?? '', EXAMPLE_CHARS_MAX)],
];

function valueText({ value, unit }: Finding): string {
  if (value === null) return '-';
  if (unit === 'share') return percent(value);
  return unit === 'count' ? String(value) : `${unit === 'difference' ? '' : `${unit} `}${value.toFixed(3)}`;
}

const spanText = ({ fromMs, toMs }: Span): string => `${minuteText(fromMs)} to ${minuteText(toMs)}`;
const minuteText = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
