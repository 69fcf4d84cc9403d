/** `matinee sim`: the simulated site, and recorded logs played again. */

import type { Command } from 'commander';
import { openSim, type Edition, type Sim, type SimOptions } from '../app/sim.js';
import { replayInto } from '../app/replay.js';
import { MatineeError, unwrap } from '../core/errors.js';
import { parseWorldDuration } from '../sim/scenario/duration.js';
import type { ActChange } from '../sim/scenario/director.js';
import { listScenarios, readScenario } from '../sim/scenario/shipped.js';
import { seatsFor } from '../sim/site/seats.js';
import type { Tally } from '../sim/site/tally.js';
import { registeredAmong } from '../sim/world.js';
import { examples, type AddCommand } from './frame.js';
import { printJson, printLine, type Io } from './io.js';
import { positiveFlag, refuseFlag, wholeNumberFlag } from './number-flags.js';
import { progressView } from './progress.js';
import { parseUtc } from './utc.js';

interface RunFlags {
  readonly scenario?: string;
  readonly log: string;
  readonly ask: string;
  readonly apiPort: number;
  readonly speed: number;
  readonly linesPerSecond?: number;
  readonly viewers?: number;
  readonly firstUser: number;
  readonly seed: number;
  readonly edition?: Edition;
  readonly for?: number;
  readonly start?: number;
  readonly truth?: string;
  readonly json?: true;
}

const USUAL = { viewers: 10_000, linesPerSecond: 20, edition: 2026 } as const;
/** Users of imported data have lower ids. */
const FIRST_USER = 100_001;
/** A world that is played faster than time begins so far back: its log must not run ahead of the clock. */
const PAST_MS = 30 * 86_400_000;

export const addSim: AddCommand = (program, io) => {
  const sim = program.command('sim').description('The simulated site: viewers, log, look-up APIs and a grader');
  addRun(sim, io);
  addList(sim, io);
  addReplay(sim, io);
};

function addRun(sim: Command, io: Io): void {
  sim
    .command('run')
    .description('Play the site: write its log, answer look-ups, ask the recommender')
    .option('--scenario <name>', 'faults and attacks: a name of `matinee sim list`, or a file')
    .option('--log <where>', 'dir:PATH or kafka://host:port/topic', 'dir:./var/log')
    .option('--ask <url>', 'the recommender', urlOf, 'http://127.0.0.1:8082')
    .option(
      '--api-port <n>',
      'port of the look-up APIs (0 takes any free port)',
      wholeNumberFlag('--api-port', 0, 65_535),
      8080,
    )
    .option('--speed <n>', 'world seconds a second, or max', speedOf, 1)
    .option(
      '--lines-per-second <n>',
      `of the log, in the evening (default: ${USUAL.linesPerSecond})`,
      positiveFlag('--lines-per-second'),
    )
    .option('--viewers <n>', `how many (default: ${USUAL.viewers})`, wholeNumberFlag('--viewers', 100, 1_000_000))
    .option(
      '--first-user <n>',
      'the lowest of their ids',
      wholeNumberFlag('--first-user', 1, 9_000_000_000),
      FIRST_USER,
    )
    .option('--seed <n>', 'seed of every random number', wholeNumberFlag('--seed', 0, 4_294_967_295), 1)
    .option('--edition <year>', `formats of 2022 or 2026 (default: ${USUAL.edition})`, editionOf)
    .option('--for <duration>', 'world time to play, such as 90s, 10m, 2h or 3d (default: until stopped)', spanOf)
    .option(
      '--start <time>',
      'world time of the beginning (default: now; a month ago where --speed is above 1)',
      timeOf,
    )
    .option('--truth <file>', 'write what nobody outside knows, JSON lines')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'matinee sim run --speed 30',
        'matinee sim run --scenario real-faults --log kafka://127.0.0.1:9092/movielog7 --for 1h',
        'matinee sim run --scenario attack-push --speed max --for 2d --truth truth.jsonl',
      ),
    )
    .action(async (flags: RunFlags) => {
      const stopped = new AbortController();
      void io.stopRequested().then(() => {
        stopped.abort();
      });
      const options = optionsOf(flags, (change) => io.stderr.write(`${describeAct(change)}\n`));
      const sim = unwrap(await openSim(options));
      const view = progressView(io);
      const telling = setInterval(() => {
        view.onProgress({ task: 'sim', done: sim.tally.lines, note: noteOf(sim) });
      }, 500);
      try {
        if (!flags.json) printLine(io, `look-up APIs: ${sim.apiUrl}; log: ${flags.log}; asking ${flags.ask}`);
        await sim.run(flags.ask, stopped.signal);
      } finally {
        clearInterval(telling);
        view.end();
        await sim.close();
      }
      if (flags.json) printJson(io, reportOf(sim));
      else printReport(io, sim);
    });
}

function optionsOf(flags: RunFlags, onAct: (change: ActChange) => void): SimOptions {
  const scenario = flags.scenario === undefined ? undefined : unwrap(readScenario(flags.scenario));
  const { world } = scenario ?? {};
  const viewers = flags.viewers ?? world?.viewers ?? USUAL.viewers;
  const linesPerSecond = flags.linesPerSecond ?? world?.linesPerSecond ?? USUAL.linesPerSecond;
  const edition = flags.edition ?? world?.edition ?? USUAL.edition;
  refuseCrowd(linesPerSecond, viewers);
  const nowMs = Math.floor(Date.now() / 1000) * 1000;
  return {
    ...{ viewers, linesPerSecond, edition, scenario, onAct },
    ...{ seed: flags.seed, run: 0, firstUser: flags.firstUser, log: flags.log, apiPort: flags.apiPort },
    ...{ speed: flags.speed, seconds: flags.for ?? Infinity, truthFile: flags.truth },
    startMs: flags.start ?? (flags.speed > 1 ? nowMs - PAST_MS : nowMs),
  };
}

/** Nobody watches two films at once. */
function refuseCrowd(linesPerSecond: number, viewers: number): void {
  const [needed, registered] = [2 * seatsFor(linesPerSecond), registeredAmong(viewers)];
  if (needed <= registered) return;
  const message = `${linesPerSecond} lines a second need ${needed} accounts, and ${viewers} viewers begin with ${registered}`;
  throw new MatineeError('usage', message, { hint: 'Give more --viewers, or a lower --lines-per-second.' });
}

function addList(sim: Command, io: Io): void {
  sim
    .command('list')
    .description('The scenarios that come with the product')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee sim list'))
    .action(({ json }: { json?: true }) => {
      const scenarios = listScenarios().map(({ name, description, acts }) => ({
        ...{ name, description },
        kinds: [...new Set(acts.map(({ kind }) => kind.name))],
      }));
      if (json) return printJson(io, scenarios);
      for (const { name, description, kinds } of scenarios) {
        printLine(io, `${name.padEnd(14)} ${description}`);
        if (kinds.length > 0) printLine(io, `${''.padEnd(14)} ${kinds.join(', ')}`);
      }
    });
}

function addReplay(sim: Command, io: Io): void {
  sim
    .command('replay <log>')
    .description('Play a recorded log again: a log directory, or a file of lines')
    .option('--log <where>', 'dir:PATH or kafka://host:port/topic', 'dir:./var/log')
    .option('--speed <n>', 'seconds of the log in a second', positiveFlag('--speed'), 1)
    .option('--json', 'print JSON')
    .addHelpText('after', examples('matinee sim replay movielog.log --speed 60 --log kafka://127.0.0.1:9092/movielog7'))
    .action(async (path: string, flags: { log: string; speed: number; json?: true }) => {
      const stopped = new AbortController();
      void io.stopRequested().then(() => {
        stopped.abort();
      });
      const view = progressView(io);
      const replayed = await replayInto({ path, ...flags, onProgress: view.onProgress, signal: stopped.signal });
      view.end();
      const { lines, bytes, complete } = unwrap(replayed);
      if (flags.json) return printJson(io, { lines, bytes, complete });
      printLine(io, `${lines} lines (${bytes} bytes) ${complete ? 'to the end' : 'until it was stopped'}`);
    });
}

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

function requestsOf({ requests }: Tally): string {
  const asked = Object.values(requests).reduce((sum, count) => sum + count, 0);
  return asked === 0 ? 'no requests' : `${asked} requests, answered ${share(requests[200] ?? 0, asked)}`;
}

function noteOf({ site, tally }: Sim): string {
  return `${new Date(site.timeMs).toISOString().slice(0, 19)}, ${requestsOf(tally)}`;
}

function reportOf({ site, tally }: Sim) {
  const { lines, requests, shown, followed, satisfaction, model } = tally;
  return {
    ...{ seconds: site.second, lines, requests, shown, followed },
    ...{ satisfaction: Number.isNaN(satisfaction) ? null : satisfaction, model: model ?? null },
  };
}

function printReport(io: Io, sim: Sim): void {
  const { lines, requests, shown, followed, satisfaction } = sim.tally;
  printLine(io, `${sim.site.second} s of world time, ${lines} lines`);
  printLine(io, `  ${requestsOf(sim.tally)}`);
  for (const [status, count] of Object.entries(requests)) printLine(io, `    status ${status}: ${count}`);
  if (shown > 0) printLine(io, `  of ${shown} viewers with a list, ${share(followed, shown)} watched something of it`);
  if (!Number.isNaN(satisfaction)) printLine(io, `  mean true satisfaction ${satisfaction.toFixed(3)} of 1`);
}

function describeAct({ what, second, act, accounts }: ActChange): string {
  const who = accounts === undefined ? '' : ` (users ${accounts.lowest} to ${accounts.highest})`;
  return `world second ${second}: ${act.kind.name} ${what}${who}`;
}

function speedOf(text: string): number {
  const speed = text === 'max' ? Infinity : Number(text);
  return speed > 0 ? speed : refuseFlag('--speed', text, 'a number above 0, or max');
}

function editionOf(text: string): Edition {
  return text === '2022' ? 2022 : text === '2026' ? 2026 : refuseFlag('--edition', text, '2022 or 2026');
}

function spanOf(text: string): number {
  const seconds = parseWorldDuration(text) ?? 0;
  return seconds > 0 ? seconds : refuseFlag('--for', text, 'a duration such as 90s, 10m, 2h or 3d');
}

function urlOf(text: string): string {
  const isHttp = URL.canParse(text) && new URL(text).protocol === 'http:';
  return isHttp ? text : refuseFlag('--ask', text, 'a URL such as http://127.0.0.1:8082');
}

function timeOf(text: string): number {
  const ms = parseUtc(text);
  return Number.isNaN(ms)
    ? refuseFlag('--start', text, 'a time such as 2026-02-14T20:00:00')
    : Math.floor(ms / 1000) * 1000;
}
