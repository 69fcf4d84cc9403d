/** Counts refused rows by reason and keeps the first few of each for the reader. */

import type { Reason, Rejected, RejectedExample } from './report.js';

const EXAMPLES_MAX = 3;
const TEXT_LENGTH_MAX = 120;

export class Rejections {
  readonly #byReason = new Map<Reason, { count: number; examples: RejectedExample[] }>();

  add(reason: Reason, file: string, line: number, text: string): void {
    let entry = this.#byReason.get(reason);
    if (entry === undefined) this.#byReason.set(reason, (entry = { count: 0, examples: [] }));
    entry.count++;
    if (entry.examples.length < EXAMPLES_MAX) entry.examples.push({ file, line, text: printable(text) });
  }

  list(): Rejected[] {
    const all = Array.from(this.#byReason, ([reason, { count, examples }]) => ({ reason, count, examples }));
    return all.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }
}

/** Safe to print: a control character (a terminal obeys some) becomes \u followed by four hexadecimal digits. */
function printable(text: string): string {
  const escaped = text
    .slice(0, TEXT_LENGTH_MAX)
    .replace(/\p{C}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escaped.length > TEXT_LENGTH_MAX || text.length > TEXT_LENGTH_MAX
    ? `${escaped.slice(0, TEXT_LENGTH_MAX - 1)}…`
    : escaped;
}
