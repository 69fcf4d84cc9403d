/** How much ratings and watched shares should count: which weighting wins on validation cuts, and by how much. */

import { signedBounds } from '../src/evaluate/markdown.js';
import { short } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';
import { writeDocument } from './weighting/document.js';
import { bundledLog, simulatedLog } from './weighting/logs.js';
import { models, targets, weigh } from './weighting/weightings.js';

printMachine();
const rows: Row[] = [];
for (const log of [await bundledLog(), simulatedLog()]) {
  for (const model of models) {
    const weighed = await weigh(log, model);
    for (const target of targets) {
      for (const { weighting, floor, value, difference } of weighed[target]) {
        const note = difference === undefined ? {} : { note: `${floor}: ${signedBounds(difference)}` };
        rows.push(
          figureRow({
            ...{ name: `${log.name}, ${model}, ${target}: ${weighting}`, unit: 'nDCG@20' },
            ...{ ours: [value.value], better: 'higher', ...note },
          }),
        );
      }
    }
  }
}
reportRows('weighting', rows);
if (!short) writeDocument();
