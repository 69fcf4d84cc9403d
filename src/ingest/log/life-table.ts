/**
 * How many of those who are watched for a while have met an event by a given age, when most of them are younger than that (the
 * product-limit estimate: Kaplan and Meier, "Nonparametric estimation from incomplete observations", 1958).
 */

/** Where fewer are left than these, the table ends: one event more would say too much. */
export const AT_RISK_MIN = 20;

export class LifeTable {
  readonly #step: number;
  readonly #events: Uint32Array;
  readonly #losses: Uint32Array;
  #count = 0;

  /** From age 0 to `span`, both inclusive, in steps of `step`. */
  constructor(span: number, step: number) {
    this.#step = step;
    this.#events = new Uint32Array(Math.floor(span / step) + 1);
    this.#losses = new Uint32Array(this.#events.length);
  }

  /** One that met the event at that age. */
  event(age: number): void {
    this.#count++;
    this.#events[this.#place(age)]!++;
  }

  /** One that has reached that age without it, and is not known beyond. */
  none(age: number): void {
    this.#count++;
    this.#losses[this.#place(age)]!++;
  }

  /** The estimated share that meets the event within the span; undefined for fewer than `AT_RISK_MIN`. */
  share(): number | undefined {
    if (this.#count < AT_RISK_MIN) return undefined;
    let without = 1;
    let atRisk = this.#count;
    for (let place = 0; place < this.#events.length && atRisk >= AT_RISK_MIN; place++) {
      without *= 1 - this.#events[place]! / atRisk;
      atRisk -= this.#events[place]! + this.#losses[place]!;
    }
    return 1 - without;
  }

  #place(age: number): number {
    return Math.min(this.#events.length - 1, Math.floor(age / this.#step));
  }
}
