/** Every table of a snapshot, in the order in which they are written and restored: films first, for histories point at them. */

import { filmTable } from './film-table.js';
import { heldTable } from './held-table.js';
import { interactionTable } from './interaction-table.js';
import { lookupTable } from './lookup-table.js';
import { requestTable } from './request-table.js';
import type { Table } from './table.js';
import { userTable } from './user-table.js';

export const tables: readonly Table[] = [filmTable, interactionTable, userTable, heldTable, requestTable, lookupTable];

export const fileOf = ({ name }: Pick<Table, 'name'>): string => `${name}.parquet`;
