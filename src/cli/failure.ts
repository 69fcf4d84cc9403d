/** Turns whatever a command threw into text for people, JSON for programs, and the exit code. */

import { CommanderError } from 'commander';
import { MatineeError } from '../core/errors.js';
import type { Io } from './io.js';
import { printJson } from './io.js';

export const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;

/** A check whose answer is no, and has been printed. */
export class CheckFailed extends Error {}

/** @returns the exit code, after the failure was told on stderr and, with `json`, as `{"error":…}` on stdout. */
export function reportFailure(error: unknown, json: boolean, io: Io): number {
  if (error instanceof CommanderError) return reportUsage(error, json, io);
  if (error instanceof CheckFailed) return exitCodes.failed;
  if (error instanceof MatineeError) return reportOperating(error, json, io);
  // Anything else is a mistake in this program: the stack is what its author needs.
  io.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.failed;
}

/** Commander has printed help, version or its complaint already. */
function reportUsage(error: CommanderError, json: boolean, io: Io): number {
  if (error.exitCode === 0) return exitCodes.done;
  if (json) printJson(io, { error: { code: 'usage', message: error.message.replace(/^error: /, '') } });
  return exitCodes.wrongUsage;
}

function reportOperating(error: MatineeError, json: boolean, io: Io): number {
  const { code, message, hint, fields } = error;
  io.stderr.write(`matinee: ${message}\n`);
  if (hint !== undefined) io.stderr.write(`  hint: ${hint}\n`);
  if (json) printJson(io, { error: { code, message, hint, fields } });
  return code === 'usage' ? exitCodes.wrongUsage : exitCodes.failed;
}
