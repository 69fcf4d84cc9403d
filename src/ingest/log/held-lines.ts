/** Puts lines aside and takes them back, keeping the tallies true. Works inside the transaction that is open. */

import type { HeldLine, HeldReason, PlacedLine } from '../../store/held.js';
import type { State } from '../../store/state.js';
import { acceptedTally, heldTally, holdsTally } from './outcomes.js';
import type { Verdicts } from './verdicts.js';

const VIEWING = 'viewing ';

export class HeldLines {
  readonly #state: State;
  readonly #verdicts: Verdicts;
  /** Viewings that lines wait for: asked for every viewing of every batch, so it is kept in memory. */
  readonly #viewings = new Set<string>();

  constructor(state: State, verdicts: Verdicts) {
    this.#state = state;
    this.#verdicts = verdicts;
    for (const what of state.held.waits()) if (what.startsWith(VIEWING)) this.#viewings.add(what);
  }

  hold(line: PlacedLine, reason: HeldReason, waitsFor: string): void {
    this.#put(line, reason, waitsFor, false);
    this.#verdicts.count(heldTally(reason), 1);
    this.#verdicts.count(holdsTally(reason), 1);
  }

  /** Keeps a watched minute that counts already, because a line to come may speak against it. */
  remember(line: PlacedLine, waitsFor: string): void {
    this.#put(line, 'minute-order', waitsFor, true);
  }

  /** The line is settled, or goes through the batch again: it is no longer kept. */
  release(line: HeldLine): void {
    this.#state.held.remove(line);
    if (line.provisional) this.#verdicts.count(acceptedTally('watch'), -1);
    else this.#verdicts.count(heldTally(line.reason), -1);
  }

  waitingFor(what: string): HeldLine[] {
    if (what.startsWith(VIEWING) && !this.#viewings.has(what)) return [];
    return this.#state.held.waitingFor(what);
  }

  /** All viewings that lines wait for. */
  viewings(): readonly string[] {
    return [...this.#viewings];
  }

  /** To be called when lines of a viewing were released: forgets the viewing unless more lines wait for it. */
  tidy(viewing: string): void {
    if (this.#state.held.waitingFor(viewing).length === 0) this.#viewings.delete(viewing);
  }

  #put({ partition, offset, bytes }: PlacedLine, reason: HeldReason, waitsFor: string, provisional: boolean): void {
    this.#state.held.put({ partition, offset, bytes, reason, waitsFor, provisional });
    if (waitsFor.startsWith(VIEWING)) this.#viewings.add(waitsFor);
  }
}
