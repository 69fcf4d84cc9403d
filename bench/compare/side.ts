/** One side of a comparison, a process of its own below its own build: argv[2] names the instrument. See protocol.ts. */

import { instruments } from './instruments.js';

const name = process.argv[2]!;
const open = instruments[name];
if (open === undefined) throw new Error(`this build has no instrument ${name}`);
const instrument = await open();
process.on('message', () => {
  void instrument.lap().then((readings) => process.send!(readings));
});
process.on('disconnect', () => {
  void instrument.close();
});
process.send!('ready');
