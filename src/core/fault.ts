/** An operating error as plain text, which can travel between threads and processes: of a class, cloning would lose the message. */

import { MatineeError, type ErrorCode } from './errors.js';

export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}

/** An error without a code is a programmer's: the message must do. */
export const faultOf = (error: unknown): Fault =>
  error instanceof MatineeError
    ? { code: error.code, message: error.message, hint: error.hint }
    : { code: 'worker-died', message: error instanceof Error ? error.message : String(error), hint: undefined };

export const errorOf = ({ code, message, hint }: Fault): MatineeError =>
  new MatineeError(code, message, hint === undefined ? {} : { hint });
