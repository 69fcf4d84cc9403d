/** Where the parts of the data directory lie. */

import { join } from 'node:path';
import type { Config } from '../config/load.js';

export const stateFolderOf = (config: Config): string => join(config.dataDir, 'state');

export const snapshotsFolderOf = (config: Config): string => join(config.dataDir, 'snapshots');

export const qualityFolderOf = (config: Config): string => join(config.dataDir, 'quality');

export const quarantineFolderOf = (config: Config): string => join(config.dataDir, 'quarantine');
