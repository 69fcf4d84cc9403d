/** Write transactions that nest by joining the one that is open: LMDB's own child transactions cost more than the work. */

import type { RootDatabase } from 'lmdb';

/** All of `work` or, when it throws, nothing of the outermost transaction. Durable when the outermost returns. */
export type Transact = <T>(work: () => T) => T;

export function transactor(root: RootDatabase): Transact {
  let isOpen = false;
  return (work) => {
    if (isOpen) return work();
    isOpen = true;
    try {
      return root.transactionSync(work);
    } finally {
      isOpen = false;
    }
  };
}
