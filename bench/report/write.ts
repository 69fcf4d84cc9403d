/** Writes bench/results/report.md from all result files and the baseline. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBaseline } from './baseline.js';
import { readResults, resultsFolder } from './files.js';
import { renderReport } from './render.js';

/** Returns where it is. */
export function writeReport(): string {
  const path = join(resultsFolder, 'report.md');
  writeFileSync(path, renderReport(readResults(), readBaseline()));
  return path;
}
