/** `matinee ingest`: the site's log into the state, until its end or until stopped. */

import type { Command } from 'commander';
import { openIngest } from '../app/ingest.js';
import { MatineeError, unwrap } from '../core/errors.js';
import type { Fault } from '../core/fault.js';
import type { Gap, IngestStatus } from '../ingest/ingester.js';
import type { StartAt } from '../ingest/source.js';
import type { LlmFailure } from '../text/llm/failure.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { progressView } from './progress.js';
import { parseUtc } from './utc.js';

interface Options {
  readonly from: string;
  readonly untilEnd?: true;
  readonly json?: true;
}

export const addIngest: AddCommand = (program, io) => {
  const command = program.command('ingest').description("Read the site's log into the state");
  addConfigFlags(command, [
    ...(['dataDir', 'source', 'filmApi', 'userApi', 'lookupRate', 'ratingScale', 'logZone'] as const),
    ...(['kafkaGroup', 'kafkaMechanism', 'kafkaUser', 'kafkaTls', 'kafkaCa'] as const),
    ...(['llmUrl', 'llmModel', 'llmInputUsd', 'llmOutputUsd', 'llmDailyUsd', 'llmTimeout'] as const),
  ])
    .option(
      '--from <where>',
      'earliest, latest, committed or a time: where partitions begin that were never read',
      'committed',
    )
    .option('--until-end', 'stop where the log ends now, instead of following it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'matinee ingest --source dir:/srv/movielog --until-end',
        'matinee ingest --source kafka://broker:9092/movielog7 --film-api http://site:8080 --user-api http://site:8080',
        'MATINEE_KAFKA_PASSWORD=… matinee ingest --source kafka://broker:9094/movielog7 --kafka-user app --kafka-tls on',
      ),
    )
    .action(async (options: Options, self: Command) => {
      const { config } = configOf(self, io);
      const view = progressView(io);
      const [noticeFault, noticeProfiles] = [faultNotice(io), faultNotice(io)];
      const noticeModel = modelNotice(io);
      const noticeGaps = gapNotice(io);
      const ingest = unwrap(
        openIngest(config, {
          from: startOf(options.from),
          untilEnd: options.untilEnd ?? false,
          onStatus: (status) => {
            noticeFault(status.fault);
            noticeGaps(status.gaps);
            const { lines, held } = totalsOf(status);
            view.onProgress({ task: 'ingest', done: lines, note: `${held} held, ${behind(status)}` });
          },
          onProfiles: ({ fault, model }) => {
            noticeProfiles(fault);
            if (fault === undefined) noticeModel(model?.failure);
          },
        }),
      );
      void io.stopRequested().then(ingest.stop);
      try {
        const { status, seconds } = unwrap(await ingest.run());
        view.end();
        if (options.json) printJson(io, { ...status.lines, seconds, gaps: status.gaps });
        else printReport(io, status, seconds, config.filmApi !== undefined);
      } finally {
        await ingest.close();
      }
    });
};

function startOf(text: string): StartAt {
  if (text === 'earliest' || text === 'latest' || text === 'committed') return text;
  const ms = parseUtc(text);
  if (!Number.isNaN(ms)) return ms;
  throw new MatineeError('usage', `--from ${text} is no place in the log`, {
    hint: 'Give earliest, latest, committed, or a time such as 2026-02-14T00:00:00.',
  });
}

/** Says what is in the way when it comes and when it goes, not with every status. */
function faultNotice(io: Io): (fault: Fault | undefined) => void {
  let said: string | undefined;
  return (fault) => {
    if (fault?.message === said) return;
    said = fault?.message;
    io.stderr.write(fault === undefined ? 'going on\n' : `waiting: ${fault.message}\n`);
    if (fault?.hint !== undefined) io.stderr.write(`  hint: ${fault.hint}\n`);
  };
}

function modelNotice(io: Io): (failure: LlmFailure | undefined) => void {
  let said: string | undefined;
  return (failure) => {
    if (failure?.code === said) return;
    said = failure?.code;
    const why = failure && `does not answer (${failure.code}: ${failure.detail}); words are read without it meanwhile`;
    io.stderr.write(`the language model ${why ?? 'answers again'}\n`);
  };
}

function gapNotice(io: Io): (gaps: readonly Gap[]) => void {
  let said = 0;
  return (gaps) => {
    for (const { partition, from, to } of gaps.slice(said)) {
      io.stderr.write(`lost: partition ${partition} no longer has the lines ${from} to ${to - 1}\n`);
    }
    said = gaps.length;
  };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const totalsOf = ({ lines }: IngestStatus) => ({ lines: lines.lines, held: sum(lines.held) });

function behind({ lag }: IngestStatus): string {
  const lines = [...lag.values()].reduce((a, b) => a + b, 0);
  return lines === 0 ? 'caught up' : `${Math.round(lines)} behind`;
}

function printReport(io: Io, { lines: report, gaps }: IngestStatus, seconds: number, asksFilms: boolean): void {
  const rate = Math.round(report.lines / seconds);
  printLine(io, `${report.lines} lines in ${seconds.toFixed(1)} s (${rate} lines/s)`);
  const { watch, rate: rated, create, recommendation } = report.accepted;
  printLine(io, `  accepted: ${watch} watch, ${rated} rate, ${create} create, ${recommendation} recommendation`);
  if (report.duplicates > 0) printLine(io, `    of them ${report.duplicates} exact duplicates, without effect`);
  for (const [reason, count] of Object.entries(report.held)) printLine(io, `  ${count} held: ${reason}`);
  for (const [reason, count] of Object.entries(report.rejected)) printLine(io, `  ${count} rejected: ${reason}`);
  for (const { partition, from, to } of gaps)
    printLine(io, `  lost before they were read: partition ${partition}, ${from} to ${to - 1}`);
  if (report.held['film-unknown'] !== undefined && !asksFilms) {
    printLine(
      io,
      'Which films exist, nobody said: give --film-api, or import a catalogue, then `matinee quarantine retry`',
    );
  }
  if (sum(report.held) + sum(report.rejected) > 0) printLine(io, 'See them: matinee quarantine list');
}
