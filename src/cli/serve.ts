/** `matinee serve`: answers over HTTP until it is asked to stop. */

import type { Command } from 'commander';
import { startService, type Service } from '../app/serve.js';
import type { Config } from '../config/load.js';
import { settingKeys } from '../config/settings.js';
import { unwrap } from '../core/errors.js';
import type { TransportName } from '../serve/transport.js';
import { addConfigFlags, configOf } from './config-flags.js';
import { examples, type AddCommand } from './frame.js';
import { printLine, type Io } from './io.js';

export const addServe: AddCommand = (program, io) => {
  const command = program.command('serve').description('Answer requests with the state and the current model');
  const ownKeys = settingKeys.filter((key) => key !== 'sitePort');
  addConfigFlags(command, ownKeys)
    .addHelpText('after', examples('matinee serve', 'matinee serve --port 9000 --data-dir /srv/matinee'))
    .action(async (_: object, self: Command) => {
      await serveUntilStopped(configOf(self, io).config, io);
    });
};

export async function serveUntilStopped(config: Config, io: Io): Promise<void> {
  // Listened for from the beginning: a signal during the start is obeyed as soon as there is something to close.
  const stop = io.stopRequested();
  const service = unwrap(await startService(config, io));
  printWelcome(io, config, service);
  await stop;
  await service.close();
}

export function printWelcome(io: Io, config: Config, { listening, adminPort, readiness, exampleUser }: Service): void {
  printLine(io, `listening on port ${listening.port}, ${describeTransport(listening.transport, config)}`);
  for (const { ok, detail } of readiness().checks) if (!ok) printLine(io, `not ready: ${detail}`);
  printLine(io, '\nTry:');
  printLine(io, `  curl http://${reachable(config.host)}:${listening.port}/recommend/${exampleUser}`);
  printLine(
    io,
    `  http://${reachable(config.adminHost)}:${adminPort}/#/${exampleUser}   the page: history, list and reasons`,
  );
}

/** Where this machine reaches a server that listens on every address. */
const reachable = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);

function describeTransport(transport: TransportName, config: Config): string {
  if (transport === 'uws') return 'native uWebSockets.js';
  return config.transport === 'node' ? 'node:http' : 'node:http, because no native uWebSockets.js loads here: slower';
}
