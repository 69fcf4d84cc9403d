/** A service that runs in this process, as a command starts it, and what it answers. */

import { setTimeout as sleep } from 'node:timers/promises';
import { commandsFor } from '../../src/cli/commands.js';
import { runCommand, type Ran } from '../cli/run.js';

const commands = await commandsFor([]);

export interface Running {
  readonly url: string;
  readonly admin: string;
  /** What it printed so far. */
  readonly output: () => string;
  stop(): Promise<Ran>;
}

/** Runs `start` or `serve` in this process until `stop` is called; `folder` is the working folder. */
export async function running(folder: string, ...args: string[]): Promise<Running> {
  let printed = '';
  let stopNow = (): void => undefined;
  const stopRequested = (): Promise<void> => new Promise((resolve) => (stopNow = resolve));
  const stdout = { write: (text: string) => (printed += text) };
  const ended = runCommand(commands, [...args, '--port', '0', '--admin-port', '0'], {
    cwd: folder,
    stdout,
    stopRequested,
  });
  const found = (): RegExpExecArray | null => /listening on port (\d+)[^]*127\.0\.0\.1:(\d+)\/#/.exec(printed);
  const failed = ended.then(({ stderr }) => {
    throw new Error(`ended before it listened: ${stderr}`);
  });
  while (found() === null) await Promise.race([sleep(20), failed]);
  failed.catch(() => undefined);
  const [, port, adminPort] = found()!;
  return {
    url: `http://127.0.0.1:${port}`,
    admin: `http://127.0.0.1:${adminPort}`,
    output: () => printed,
    stop: () => {
      stopNow();
      return ended;
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly tier: string | null;
  readonly model: string | null;
  readonly body: string;
}

export async function recommend({ url }: Running, user: string | number): Promise<Answer> {
  const response = await fetch(`${url}/recommend/${user}`);
  const { headers, status } = response;
  return { status, tier: headers.get('x-tier'), model: headers.get('x-model-version'), body: await response.text() };
}
