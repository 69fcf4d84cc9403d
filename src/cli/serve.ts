/** `matinee serve`: answers over HTTP until it is asked to stop. */

import type { Command } from 'commander';
import { startService, type Service } from '../app/serve.js';
import type { Config } from '../config/load.js';
import { unwrap } from '../core/errors.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printLine, type Io } from './io.js';

export const addServe: AddCommand = (program, io) => {
  addConfigFlags(program.command('serve').description('Answer requests with the state and the current model'))
    .addHelpText('after', examples('matinee serve', 'matinee serve --port 9000 --data-dir /srv/matinee'))
    .action(async (_: object, self: Command) => {
      await serveUntilStopped(configOf(self, io).config, io);
    });
};

export async function serveUntilStopped(config: Config, io: Io): Promise<void> {
  const service = unwrap(await startService(config, io));
  printWelcome(io, config, service);
  await io.stopRequested();
  await service.close();
}

function printWelcome(io: Io, { adminHost }: Config, { listening, adminPort, readiness }: Service): void {
  const { ready, checks } = readiness();
  const transport =
    listening.transport === 'uws' ? 'uWebSockets.js, native' : 'node:http (no native transport loads here)';
  printLine(io, `listening on port ${listening.port} (${transport})`);
  for (const { ok, detail } of checks) if (!ok) printLine(io, `not ready: ${detail}`);
  if (!ready) return;
  printLine(io, '\nTry:');
  printLine(io, `  curl http://127.0.0.1:${listening.port}/recommend/42`);
  printLine(io, `  http://${adminHost}:${adminPort}/   the page: histories, lists and reasons`);
}
