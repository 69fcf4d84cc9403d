/** The site's own exports, which are not ours to publish. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';

export const exportsFolder = join(
  process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data'),
  'interactions',
);
export const watches = join(exportsFolder, 'watches.csv');
export const ratings = join(exportsFolder, 'ratings.csv');
export const exportsAreThere = [watches, ratings].every((path) => existsSync(path));
