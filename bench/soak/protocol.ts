/** What a soak asks of the service's process from inside, and the answer. */

export type Order = 'end the oldest thread' | 'collect garbage';

/** Of the main thread, after its garbage was collected. */
export interface Heap {
  readonly heapBytes: number;
  /** Held by objects outside of the heap. */
  readonly externalBytes: number;
}
