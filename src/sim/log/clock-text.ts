/** The time at the head of a line, `2026-08-27T18:44:45.585`: zone-less UTC in the several precisions of the site. */

import type { Random } from '../../core/random.js';
import { putDigits, putRange } from './bytes.js';

const MINUTES_LENGTH = '2026-08-27T18:44'.length;
const SECONDS_LENGTH = '2026-08-27T18:44:45'.length;
const DOT = 46;

export class ClockText {
  readonly #text = new Uint8Array(SECONDS_LENGTH);
  #onTheMinute = false;

  set second(timeMs: number) {
    const text = new Date(timeMs).toISOString();
    for (let i = 0; i < SECONDS_LENGTH; i++) this.#text[i] = text.charCodeAt(i);
    this.#onTheMinute = text.startsWith(':00', MINUTES_LENGTH);
  }

  /**
   * Half of the lines have whole seconds, which are left out when they are 0 (as Java's LocalDateTime prints them); most
   * others have three digits behind the point, some six or nine.
   * @param ms within the second, 0 … 999
   */
  put(into: Uint8Array, at: number, ms: number, draws: Random): number {
    const precision = draws.uniform();
    if (precision < 0.5) {
      return putRange(into, at, this.#text, 0, this.#onTheMinute ? MINUTES_LENGTH : SECONDS_LENGTH);
    }
    at = putRange(into, at, this.#text, 0, SECONDS_LENGTH);
    into[at++] = DOT;
    at = putDigits(into, at, ms, 3);
    if (precision < 0.9) return at;
    return precision < 0.95 ? putDigits(into, at, draws.integer(1e3), 3) : putDigits(into, at, draws.integer(1e6), 6);
  }
}
