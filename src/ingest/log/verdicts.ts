/** What becomes of the lines of one commit, until it is written: how many of each outcome, and the rejected ones whole. */

import type { State } from '../../store/state.js';
import type { Quarantine, RejectedLine } from '../quarantine.js';
import type { PlacedLine } from '../../store/held.js';
import { rejectedTally, type RejectReason } from './outcomes.js';

export class Verdicts {
  readonly #topic: string;
  readonly #counts = new Map<string, number>();
  readonly #rejected: RejectedLine[] = [];

  constructor(topic: string) {
    this.#topic = topic;
  }

  count(tally: string, n: number): void {
    this.#counts.set(tally, (this.#counts.get(tally) ?? 0) + n);
  }

  reject({ partition, offset, bytes }: PlacedLine, reason: RejectReason): void {
    this.#rejected.push({ topic: this.#topic, partition, offset, reason, bytes });
    this.count(rejectedTally(reason), 1);
  }

  /** Inside the state's transaction. The quarantine comes first: a line that is written there twice is there once. */
  write(state: State, quarantine: Pick<Quarantine, 'add'>): void {
    for (const [tally, n] of this.#counts) state.lines.add(tally, n);
    if (this.#rejected.length > 0) quarantine.add(this.#rejected);
  }

  clear(): void {
    this.#counts.clear();
    this.#rejected.length = 0;
  }
}
