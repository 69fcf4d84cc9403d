/** The frame of the command line: builds the program from a list of commands, runs it, and answers with the exit code. */

import { Command } from 'commander';
import { packageVersion } from '../core/package.js';
import { exitCodes, reportFailure } from './failure.js';
import type { Io } from './io.js';

/** One command file: adds its command to the program. Its action prints through `io` and throws `MatineeError`. */
export type AddCommand = (program: Command, io: Io) => void;

export async function run(commands: readonly AddCommand[], args: readonly string[], io: Io): Promise<number> {
  const program = build(commands, io);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    return reportFailure(error, args.includes('--json'), io);
  }
}

/** The whole program, not yet run. */
export function build(commands: readonly AddCommand[], io: Io): Command {
  const program = new Command('matinee')
    .description('Film recommendations: import ratings, train and evaluate models, answer over HTTP.')
    .version(packageVersion)
    .exitOverride()
    .showHelpAfterError('(add --help for the options and an example)')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) });
  for (const addCommand of commands) addCommand(program, io);
  return program;
}

/** Examples below a command's options, e.g. `examples('matinee config show --json')`. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
