/** Where the parts of the data directory lie. */

import { join } from 'node:path';
import type { Config } from '../config/load.js';

export const stateFolderOf = (config: Config): string => join(config.dataDir, 'state');

export const snapshotsFolderOf = (config: Config): string => join(config.dataDir, 'snapshots');

/** The newest report on data quality. */
export const newestReportOf = (config: Config): string => join(config.dataDir, 'quality', 'newest.json');

export const quarantineFolderOf = (config: Config): string => join(config.dataDir, 'quarantine');

/** Answers of a language model, and what they cost. */
export const llmFolderOf = (config: Config): string => join(config.dataDir, 'llm');
