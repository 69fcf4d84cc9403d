/** Whether the signal test tells logs with taste from logs without, and what is left to win on a sparse log: forgetting. */

import { bundledData } from '../src/app/import.js';
import { readImported } from './harness/imported.js';
import { printMachine, reportRows } from './harness/results.js';
import type { Row } from './harness/rows.js';
import { leaveOneOutRows } from './sparse-log/leave-one-out.js';
import { replayRows, signalRows } from './sparse-log/log-rows.js';
import { plantedRows } from './sparse-log/planted-rows.js';
import { exportsAreThere, exportsFolder, ratings, watches } from './sparse-log/real.js';

async function realRows(): Promise<Row[]> {
  const watched = await readImported([watches]);
  const both = await readImported([watches, ratings]);
  return [
    ...signalRows('watches of the site', watched),
    ...signalRows('watches and ratings of the site', both),
    ...replayRows(watched),
    ...(await leaveOneOutRows(both)),
  ];
}

printMachine();
const made = [...plantedRows(), ...signalRows('bundled ratings', await readImported([bundledData]))];
if (exportsAreThere) reportRows('sparse-log', [...made, ...(await realRows())]);
else reportRows('sparse-log', made, [`the site's exports: ${exportsFolder} is not there (MATINEE_TEST_DATA)`]);
