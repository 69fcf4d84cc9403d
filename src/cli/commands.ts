/** Every command, in the order help prints them. */

import { addConfig } from './config.js';
import type { AddCommand } from './frame.js';

export const commands: readonly AddCommand[] = [addConfig];
