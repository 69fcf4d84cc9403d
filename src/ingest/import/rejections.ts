/** Counts refused rows by reason and keeps the first few of each for the reader. */

import { printable } from '../../core/printable.js';
import type { Reason, Rejected, RejectedExample } from './report.js';

const EXAMPLES_MAX = 3;
const TEXT_LENGTH_MAX = 120;

export class Rejections {
  readonly #byReason = new Map<Reason, { count: number; examples: RejectedExample[] }>();

  add(reason: Reason, file: string, line: number, text: string): void {
    let entry = this.#byReason.get(reason);
    if (entry === undefined) this.#byReason.set(reason, (entry = { count: 0, examples: [] }));
    entry.count++;
    if (entry.examples.length < EXAMPLES_MAX)
      entry.examples.push({ file, line, text: printable(text, TEXT_LENGTH_MAX) });
  }

  list(): Rejected[] {
    const all = Array.from(this.#byReason, ([reason, { count, examples }]) => ({ reason, count, examples }));
    return all.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }
}
