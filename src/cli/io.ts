/** What a command may touch of the process, as a value, so that tests run commands in-process and read what they print. */

export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Whether a person watches stderr. */
  readonly isTty: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Settles when the process is asked to stop. Only commands that run until stopped call it; others die by the signal. */
  readonly stopRequested: () => Promise<void>;
}

export const processIo = (): Io => ({
  stdout: process.stdout,
  stderr: process.stderr,
  isTty: process.stderr.isTTY,
  env: process.env,
  cwd: process.cwd(),
  stopRequested: () =>
    new Promise((stop) => {
      // `once`: a second signal ends the process in the default way, should the orderly end hang.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
    }),
});

export function printLine(io: Io, line: string): void {
  io.stdout.write(`${line}\n`);
}

export function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
