/** One side of a comparison, a process of its own below its own build: argv[2] names the instrument. See protocol.ts. */

import { instruments } from './instruments.js';
import type { FirstWord, Instrument } from './protocol.js';

const say = (word: FirstWord): unknown => process.send!(word);

function serve(instrument: Instrument): void {
  process.on('message', () => {
    instrument.lap().then(
      (readings) => process.send!(readings),
      (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
        process.disconnect();
      },
    );
  });
  process.on('disconnect', () => void instrument.close());
  say('ready');
}

const open = instruments[process.argv[2]!];
if (open === undefined) {
  say('unknown instrument');
  process.disconnect();
} else {
  serve(await open());
}
