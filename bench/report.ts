/** Writes the report of all benches from their last results. `--accept` makes these results the baseline first. */

import { baselineOf, writeBaseline } from './report/baseline.js';
import { readResults } from './report/files.js';
import { writeReport } from './report/write.js';

if (process.argv.includes('--accept')) writeBaseline(baselineOf(readResults()));
process.stdout.write(`${writeReport()}\n`);
