/**
 * Finds the partition whose batch cannot be decoded, so that the others can go on. One fetch brings all partitions, and
 * kafkajs does not say whose bytes broke it: so they are let in one after the other, each after a fetch that went well, and
 * the one let in last is to blame. It is barred, and tried again after a while.
 */

export class Suspects {
  readonly #barMs: number;
  readonly #barredUntil = new Map<number, number>();
  /** Those let in so far, while we search. */
  #admitted: number[] | undefined;

  constructor(barMs: number) {
    this.#barMs = barMs;
  }

  isBarred(partition: number): boolean {
    return (this.#barredUntil.get(partition) ?? 0) > Date.now();
  }

  mayRead(partition: number): boolean {
    return !this.isBarred(partition) && (this.#admitted?.includes(partition) ?? true);
  }

  /** A batch could not be decoded while `reading` were fetched: the partition it came from, when that is certain. */
  blame(reading: readonly number[]): number | undefined {
    const certain = this.#admitted !== undefined || reading.length === 1;
    this.#admitted ??= [...reading];
    const culprit = this.#admitted.pop();
    if (!certain) this.#admitted = reading.slice(0, 1);
    if (!certain || culprit === undefined) return undefined;
    this.#barredUntil.set(culprit, Date.now() + this.#barMs);
    return culprit;
  }

  /** A fetch went well: lets the next of `candidates` in, or ends the search. Whether `mayRead` has changed. */
  admit(candidates: readonly number[]): boolean {
    if (this.#admitted === undefined) return false;
    const next = candidates.find((partition) => !this.isBarred(partition) && !this.#admitted!.includes(partition));
    if (next === undefined) this.#admitted = undefined;
    else this.#admitted.push(next);
    return true;
  }
}
