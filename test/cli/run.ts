/** Runs commands in-process and captures what they print: for the tests of every command. */

import { tmpdir } from 'node:os';
import type { AddCommand } from '../../src/cli/frame.js';
import { run } from '../../src/cli/frame.js';
import type { Io } from '../../src/cli/io.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runCommand(
  commands: readonly AddCommand[],
  args: readonly string[],
  changes: Partial<Io> = {},
): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: { write: (text) => (printed.stdout += text) },
    stderr: { write: (text) => (printed.stderr += text) },
    isTty: false,
    env: {},
    cwd: tmpdir(),
    stopRequested: () => Promise.resolve(),
    ...changes,
  };
  const code = await run(commands, args, io);
  return { code, ...printed };
}
