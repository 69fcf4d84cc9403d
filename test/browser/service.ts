/** A whole service in a process of its own, as `matinee start` runs it: fresh folders, the bundled data, a model trained. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from '../../src/core/package.js';

export interface RunningService {
  /** Where requests are answered; both end with a slash. */
  readonly publicUrl: string;
  /** Where the page is. */
  readonly adminUrl: string;
  /** The site writes lines into its log. */
  log(...lines: readonly string[]): Promise<void>;
  /** Asks the process to stop, and waits for it. */
  stop(): Promise<void>;
}

/** Import and training included; it takes five seconds where nothing else runs. */
const START_MS = 50_000;

export async function startService(): Promise<RunningService> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  const folders = ['--data-dir', join(folder, 'var'), '--models-dir', join(folder, 'models')];
  const ports = ['--port', '0', '--admin-port', '0'];
  const partition = join(folder, 'log', '0');
  await mkdir(partition, { recursive: true });
  const words = ['start', ...folders, ...ports, '--source', `dir:${join(folder, 'log')}`];
  const child = spawn(process.execPath, [built('src/cli/main.js'), ...words], { cwd: folder });
  const ended = once(child, 'exit');

  const log = (...lines: readonly string[]): Promise<void> =>
    appendFile(join(partition, `${'0'.repeat(20)}.log`), lines.map((line) => `${line}\n`).join(''));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  };

  let printed = '';
  const found = new Promise<Omit<RunningService, 'log' | 'stop'>>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      const port = /listening on port (\d+)/.exec(printed)?.[1];
      const urls = printed.match(/http:\/\/127\.0\.0\.1:\d+\//g) ?? [];
      const publicUrl = `http://127.0.0.1:${port}/`;
      const adminUrl = urls.find((url) => url !== publicUrl);
      if (port !== undefined && adminUrl !== undefined) resolve({ publicUrl, adminUrl });
    };
    const giveUp = (why: string): void => reject(new Error(`the service ${why}:\n${printed}`));
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    setTimeout(giveUp, START_MS, 'did not start in time').unref();
    void ended.then(() => giveUp('ended early'));
  });
  try {
    return { ...(await found), log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
