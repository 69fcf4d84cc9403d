/** The threads of a process under `--inspect`, over the DevTools protocol: the main thread's session carries the workers'. */

import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import type { Stretch, ThreadLane } from './attribute.js';
import { openSession, type Session } from './session.js';

export interface Thread {
  readonly lane: ThreadLane;
  /** The kernel's number of it. */
  readonly id: number;
  start(): Promise<void>;
  /** What it did since `start`; undefined when it has ended meanwhile. */
  stop(): Promise<Stretch | undefined>;
}

export interface Inspection {
  /** Those that are there now. */
  threads(): Promise<Thread[]>;
  /** Before the process is asked to end: it would wait for its debugger. */
  close(): Promise<void>;
}

/** Half of V8's own: each sample costs a thread a few microseconds. */
const INTERVAL_MICROSECONDS = 500;

interface WorkerEvent {
  readonly sessionId: string;
  readonly message?: string;
}

/** `port`: what the process was started with as `--inspect=127.0.0.1:<port>`. */
export async function inspect(port: number): Promise<Inspection> {
  const listed = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await listed.json()) as [{ readonly webSocketDebuggerUrl: string }];
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const workers = new Map<string, Session>();

  const attach = (sessionId: string): Session => {
    const worker: Session = openSession((message) => {
      main.send('NodeWorker.sendMessageToWorker', { sessionId, message }).catch(() => worker.end());
    });
    return worker;
  };
  const main = openSession(
    (message) => socket.send(message),
    (method, params) => {
      const { sessionId, message } = params as WorkerEvent;
      if (method === 'NodeWorker.attachedToWorker') workers.set(sessionId, attach(sessionId));
      else if (method === 'NodeWorker.receivedMessageFromWorker') workers.get(sessionId)?.receive(message!);
      else if (method === 'NodeWorker.detachedFromWorker') {
        workers.get(sessionId)?.end();
        workers.delete(sessionId);
      }
    },
  );
  socket.addEventListener('message', ({ data }) => {
    main.receive(data as string);
  });
  await once(socket, 'open');
  await main.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return {
    threads: async () => {
      const found = [threadOf('main', main), ...[...workers.values()].map((worker) => threadOf('worker', worker))];
      return (await Promise.all(found)).filter((thread) => thread !== undefined);
    },
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}

async function threadOf(lane: ThreadLane, { send }: Session): Promise<Thread | undefined> {
  await send('Profiler.enable');
  await send('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
  const expression = "process.getBuiltinModule('node:fs').readlinkSync('/proc/thread-self')";
  const evaluated = (await send('Runtime.evaluate', { expression })) as { result: { value: string } } | undefined;
  if (evaluated === undefined) return undefined;
  const task = `/proc/${evaluated.result.value}`;
  let from = threadMicroseconds(task);
  return {
    lane,
    id: Number(task.split('/').at(-1)),
    start: async () => {
      await send('Profiler.start');
      from = threadMicroseconds(task);
    },
    stop: async () => {
      if (!existsSync(task)) return undefined;
      const cpu = threadMicroseconds(task) - from;
      const answer = (await send('Profiler.stop')) as { profile: Profiler.Profile } | undefined;
      return answer && { profile: answer.profile, cpu };
    },
  };
}

/** User and system time of a thread, `/proc/<pid>/task/<tid>`. The file begins with nanoseconds on a core. */
export const threadMicroseconds = (task: string): number =>
  Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]) / 1000;
