/** A server in a process of its own, on any free port, watched from outside. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface BenchServer {
  readonly url: string;
  readonly port: number;
  /** From the start of the process to the first 200 of /readyz. */
  readonly readySeconds: number;
  /** User and system time of all its threads so far, in µs. */
  cpuMicroseconds(): number;
  /** Memory that no file backs, in bytes: what a leak would grow. */
  anonymousBytes(): number;
  stop(): Promise<void>;
}

/** Clock ticks of /proc are 10 ms on every Linux that Node runs on. */
const TICK_MICROSECONDS = 10_000;

/** `program` prints `listening on port <n>` when it listens, answers /readyz with 200 when it is ready, and ends by SIGTERM. */
export async function startServer(program: readonly string[]): Promise<BenchServer> {
  const started = performance.now();
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  while (!/listening on port \d+/.test(output)) {
    const [data] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
    if (!Buffer.isBuffer(data)) throw new Error(`${program.join(' ')} ended: ${output}`);
    output += data.toString();
  }
  child.stdout.resume();
  const port = Number(/listening on port (\d+)/.exec(output)![1]);
  const url = `http://127.0.0.1:${port}`;
  while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(2);
  const readySeconds = (performance.now() - started) / 1000;
  return {
    ...{ url, port, readySeconds },
    cpuMicroseconds: () => {
      // The name in brackets may hold blanks; utime and stime are the 12th and 13th field behind it.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
    },
    anonymousBytes: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
