/** A server in a process of its own, on any free port, whose CPU time can be read from outside. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface BenchServer {
  readonly url: string;
  /** User and system time of all its threads so far, in µs. */
  cpuMicroseconds(): number;
  stop(): Promise<void>;
}

/** Clock ticks of /proc are 10 ms on every Linux that Node runs on. */
const TICK_MICROSECONDS = 10_000;

/** `program` prints `listening on port <n>` when it is ready, and ends by SIGTERM. */
export async function startServer(program: readonly string[]): Promise<BenchServer> {
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  while (!/listening on port \d+/.test(output)) {
    const [data] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
    if (!Buffer.isBuffer(data)) throw new Error(`${program.join(' ')} ended: ${output}`);
    output += data.toString();
  }
  return {
    url: `http://127.0.0.1:${/listening on port (\d+)/.exec(output)![1]!}`,
    cpuMicroseconds: () => {
      // The name in brackets may hold blanks; utime and stime are the 12th and 13th field behind it.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
