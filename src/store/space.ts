/** What the state takes on disk: LMDB's own count of pages, database by database. */

import type { RootDatabase } from 'lmdb';

export interface DatabaseSpace {
  readonly name: string;
  readonly entries: number;
  /** Inner nodes of the tree. */
  readonly branchPages: number;
  readonly leafPages: number;
  /** Of values that do not fit into a leaf. */
  readonly overflowPages: number;
  /** Of all its pages. What the file has beyond the sum is free for transactions to come, or LMDB's own. */
  readonly bytes: number;
}

interface Stats {
  readonly pageSize: number;
  readonly entryCount: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
  readonly lastTxnId: number;
}

/** In order of name. */
export const databaseSpaces = (root: RootDatabase): DatabaseSpace[] =>
  // LMDB's unnamed database holds the names of the others.
  [...root.getKeys()].map((name) => spaceOf(root, String(name)));

function spaceOf(root: RootDatabase, name: string): DatabaseSpace {
  const stats = root.openDB(name, {}).getStats() as Stats;
  const { entryCount: entries, treeBranchPageCount: branchPages, treeLeafPageCount: leafPages, overflowPages } = stats;
  const bytes = (branchPages + leafPages + overflowPages) * stats.pageSize;
  return { name, entries, branchPages, leafPages, overflowPages, bytes };
}

/** The number of the newest transaction that wrote something, of any process. */
export const lastTransaction = (root: RootDatabase): number => (root.getStats() as Stats).lastTxnId;
