/** The quality check of the pipeline: models trained and evaluated on the bundled data may not fall below what is pinned. */

import { join } from 'node:path';
import { bundledData } from '../src/app/import.js';
import { packageRoot } from '../src/core/package.js';
import { readPinned } from './ci-model/pinned.js';
import { checkQuality, qualityText } from './ci-model/quality.js';

const pinned = readPinned(join(packageRoot, 'bench/ci-model/pinned.json'));
const folder = join(packageRoot, '.cache/ci-model');
const judged = await checkQuality({ files: [bundledData], pinned, folder });
process.stdout.write(`${qualityText(judged, pinned)}\n\nreport, pictures and inputs: ${folder}\n`);
process.exitCode = judged.every(({ passed }) => passed) ? 0 : 1;
