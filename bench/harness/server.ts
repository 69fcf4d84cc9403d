/** A server in a process of its own, on any free port, watched from outside. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { built } from '../../src/core/package.js';

export interface BenchServer extends WatchedProcess {
  readonly url: string;
  readonly port: number;
  /** From the start of the process to the first 200 of /readyz. */
  readonly readySeconds: number;
  /** With a channel for messages, for what was loaded into it beside the program. */
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** What the system knows of a process and all below it. */
export interface WatchedProcess {
  /** User and system time of all its threads so far, and of all processes below it, in µs. */
  cpuMicroseconds(): number;
  /** Memory that no file backs, in bytes, of all its processes: what a leak would grow. */
  anonymousBytes(): number;
  /** Resident pages of files, in bytes: of the databases those that were touched, and the programs themselves. */
  fileBytes(): number;
}

export interface Launch {
  readonly command: string;
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What it prints when it has its port, which is the first group. */
  readonly announces: RegExp;
  /** Opens a channel for messages: a Node program can listen to it. */
  readonly channel?: boolean;
}

/** Clock ticks of /proc are 10 ms on every Linux that Node runs on. */
const TICK_MICROSECONDS = 10_000;
const READY_MS = 30_000;

/** `program`, run by Node, prints `listening on port <n>` when it listens. */
export function startServer(program: readonly string[]): Promise<BenchServer> {
  const announces = /listening on port (\d+)/;
  return launchServer({ command: process.execPath, words: program, announces, channel: true });
}

/** A bare server whose body is as long as this one's answers. */
export async function startHello({ url }: BenchServer): Promise<BenchServer> {
  const body = await (await fetch(`${url}/recommend/1`)).arrayBuffer();
  return startServer([built('bench/harness/hello.js'), String(body.byteLength)]);
}

/** The server answers /readyz with 200 when it is ready, and ends by SIGTERM, taking the processes below it along. */
export async function launchServer({ command, words, environment, announces, channel }: Launch): Promise<BenchServer> {
  const started = performance.now();
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe', ...(channel === true ? (['ipc'] as const) : [])],
    env: { ...process.env, ...environment },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  try {
    const port = await announcedPort(child, announces);
    const url = `http://127.0.0.1:${port}`;
    const isReady = async (): Promise<boolean> => {
      // Some have a port before they listen.
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      return answer?.status === 200;
    };
    while (!(await isReady())) {
      if (performance.now() - started > READY_MS) throw new Error(`${words.join(' ')} is not ready after 30 s`);
      await sleep(2);
    }
    const readySeconds = (performance.now() - started) / 1000;
    return { ...watchProcess(child.pid!), url, port, readySeconds, process: child, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function announcedPort(child: ChildProcess, announces: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const streams = [child.stdout!, child.stderr!];
    const read = (data: Buffer): void => {
      output += data.toString();
      const port = announces.exec(output)?.[1];
      if (port === undefined) return;
      for (const stream of streams) stream.off('data', read).resume();
      resolve(Number(port));
    };
    for (const stream of streams) stream.on('data', read);
    child.once('error', reject);
    child.once('close', () => {
      reject(new Error(`${child.spawnargs.join(' ')} ended: ${output}`));
    });
  });
}

export function watchProcess(root: number): WatchedProcess {
  const total = (of: (pid: number) => number): number => processesOf(root).reduce((sum, pid) => sum + of(pid), 0);
  return {
    cpuMicroseconds: () => total(cpuMicroseconds),
    anonymousBytes: () => total((pid) => residentBytes(pid, 'RssAnon')),
    fileBytes: () => total((pid) => residentBytes(pid, 'RssFile')),
  };
}

/** The process and all below it. */
function processesOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(processesOf)];
}

function cpuMicroseconds(pid: number): number {
  // The name in brackets may hold blanks; the 12th to 15th field behind it are utime and stime, its own and those of
  // processes below it that have ended.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MICROSECONDS;
}

export function residentBytes(pid: number, kind: 'RssAnon' | 'RssFile' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${kind}:\\s+(\\d+) kB$`, 'm').exec(status)![1]) * 1024;
}
