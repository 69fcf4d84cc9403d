#!/usr/bin/env node
/** The executable `matinee`. */

import { commands } from './commands.js';
import { run } from './frame.js';
import { processIo } from './io.js';

// `matinee … | head` closes the pipe early: nobody reads on, so there is nothing left to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(commands, process.argv.slice(2), processIo());
