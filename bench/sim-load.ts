/** The simulated site as a load: the whole loop of real processes for ten minutes, and lines alone as fast as they come. */

import { printMachine, reportRows } from './harness/results.js';
import { measureLoop } from './sim-load/loop.js';
import { measureSource } from './sim-load/source.js';

printMachine();
reportRows('sim-load', [...(await measureSource()), ...(await measureLoop())]);
