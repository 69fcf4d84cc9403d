/** The service's side of the simulated world: starts its process, starts it again when it dies, and knows how far it is. */

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { succeed, type Result } from '../core/errors.js';
import { built } from '../core/package.js';
import { errorOf, type Fault } from '../core/fault.js';
import type { FromWorld, ToWorld, WorldOrder, WorldStatus } from './world-messages.js';

export interface World {
  /** Of its look-up APIs. */
  readonly apiUrl: string;
  /** Time begins: it asks the recommender at `ask`. */
  go(ask: string): void;
  /** Undefined until it has said something. */
  status(): WorldStatus | undefined;
  close(): Promise<void>;
}

/** What is told when it did not say why. */
const DIED: Fault = { code: 'worker-died', message: 'the simulated world died', hint: undefined };
const RESTART_MS = 2_000;
/** For the answers it is waiting for, and the last lines of its log. */
const END_MS = 3_000;

/** Errors: those of its log, its port or its memory. @param onFault when it died later; it is then started again */
export async function startWorld(order: WorldOrder, onFault: (fault: Fault) => void): Promise<Result<World>> {
  let status: WorldStatus | undefined;
  let asking: string | undefined;
  let closing = false;
  let restart: NodeJS.Timeout | undefined;
  let child = start();
  const first = await opened(child);
  if (!first.ok) return first;
  const apiUrl = first.value;
  // Whoever was told where the APIs are shall find them there again.
  const again: WorldOrder = { ...order, apiPort: Number(new URL(apiUrl).port) };
  watch();

  function start(): ChildProcess {
    // Its output is its messages: what it would print is in the way of the service's own.
    return fork(built('src/app/world-process.js'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  function watch(): void {
    let reason: Fault | undefined;
    child.on('message', (message: FromWorld) => {
      if (message.kind === 'status') status = message.status;
      if (message.kind === 'failed') reason = message.fault;
    });
    child.once('exit', () => {
      if (closing) return;
      onFault(reason ?? DIED);
      restart = setTimeout(() => void begin(), RESTART_MS);
    });
  }

  async function begin(): Promise<void> {
    child = start();
    const reopened = await opened(child, again);
    if (closing) return;
    if (reopened.ok) {
      watch();
      if (asking !== undefined) say(child, { kind: 'go', ask: asking });
    } else {
      onFault(reopened.error);
      restart = setTimeout(() => void begin(), RESTART_MS);
    }
  }

  async function opened(process: ChildProcess, as: WorldOrder = order): Promise<Result<string>> {
    say(process, { kind: 'open', order: as });
    const [message] = (await Promise.race([once(process, 'message'), once(process, 'exit')])) as [
      FromWorld | number | null,
    ];
    if (isMessage(message) && message.kind === 'opened') return succeed(message.apiUrl);
    const failed = isMessage(message) && message.kind === 'failed';
    return { ok: false, error: errorOf(failed ? message.fault : DIED) };
  }

  return succeed({
    apiUrl,
    status: () => status,
    go: (ask) => {
      asking = ask;
      say(child, { kind: 'go', ask });
    },
    async close() {
      closing = true;
      clearTimeout(restart);
      if (hasEnded(child)) return;
      const ended = once(child, 'exit');
      say(child, { kind: 'stop' });
      // The timer alone does not keep our process alive.
      await Promise.race([ended, sleep(END_MS, undefined, { ref: false })]);
      if (!hasEnded(child)) {
        child.kill('SIGKILL');
        await ended;
      }
    },
  });
}

/** Who has died does not hear it: without the callback, that would be an error nobody handles. */
function say(process: ChildProcess, message: ToWorld): void {
  process.send(message, () => undefined);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** An exit comes with its code, or null after a signal. */
const isMessage = (message: FromWorld | number | null): message is FromWorld =>
  typeof message === 'object' && message !== null;
