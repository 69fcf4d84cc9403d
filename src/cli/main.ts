#!/usr/bin/env node
/** The executable `matinee`. */

import { constants } from 'node:os';
import { commandsFor } from './commands.js';
import { run } from './frame.js';
import { processIo } from './io.js';

// `matinee … | head` closes the pipe early: nobody reads on, so there is nothing left to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// The kernel drops what PID 1 of a container does not handle, so there we do what the signal does to everybody else; a
// command that handles it itself adds a listener of its own.
if (process.pid === 1) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}

const args = process.argv.slice(2);
process.exitCode = await run(await commandsFor(args), args, processIo());
