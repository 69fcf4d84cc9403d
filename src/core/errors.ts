/** Operating errors: a closed list of codes, each with a message for a person and a hint what to do. */

export type ErrorCode =
  | 'usage' // a command line that cannot be understood
  | 'config-invalid' // a configuration value or key that is refused
  | 'file-unreadable' // a file or folder that is missing or may not be read
  | 'format-unknown' // a file whose format is not one we read
  | 'format-invalid' // a file of a known format that breaks its rules
  | 'data-missing' // a step that needs data which nobody imported yet
  | 'version-unknown' // a model version that the registry does not hold
  | 'version-corrupt' // tensors whose bytes do not match the manifest
  | 'version-invalid' // a whole version that this engine cannot serve (shape, NaN, unknown kind)
  | 'version-in-use' // a version that a pointer still names
  | 'pointer-unset' // a pointer that names no version yet
  | 'state-in-use' // a state into which another process ingests
  | 'storage-failed' // a disk that does not take what must be written
  | 'storage-broken' // a database that this process cannot use any more
  | 'memory-full' // no room left in the shared memory
  | 'worker-died' // a worker thread ended while it held work
  | 'transport-unavailable' // no native HTTP transport loads on this machine
  | 'address-in-use' // a port that another process listens on
  | 'source-unreachable' // a source of log lines that does not answer
  | 'source-refused' // a source that answers and does not let us in
  | 'source-missing' // a topic, partition or stretch of log that is not there
  | 'source-stalled' // a partition that has lines and does not give them
  | 'leak-found' // an evaluation in which a model could know an answer beforehand
  | 'check-failed'; // a check ran and its answer is no

export interface ErrorDetails {
  /** What the reader can do about it: one sentence. */
  readonly hint?: string;
  /** Where it happened: file, line, version, tensor, … */
  readonly fields?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

export class MatineeError extends Error {
  override readonly name = 'MatineeError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly fields: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.fields = details.fields ?? {};
  }
}

/** An operating error is a value wherever the caller has a choice of what to do next. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: MatineeError };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (
  code: ErrorCode,
  message: string,
  details?: ErrorDetails,
): { readonly ok: false; readonly error: MatineeError } => ({
  ok: false,
  error: new MatineeError(code, message, details),
});

/** For the edges, where the only choice left is to tell the person. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw result.error;
}
