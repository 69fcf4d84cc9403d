/** Lines that follow one another in files, taken from the beginning as their times come. */

import { LogTime } from '../../world/log-time.js';
import { wholeLines } from '../log/whole-lines.js';

export interface Taken {
  readonly count: number;
  /** Each line ended by LF. */
  readonly bytes: Buffer;
}

const LF = 10;
const COMMA = 44;

export class Track {
  /**
   * When the next line is due: its time, or that of the line before it where that is later, or where it has none; −∞ before
   * the first line with a time, ∞ behind the last line.
   */
  dueMs = -Infinity;
  readonly #pieces: AsyncGenerator<Buffer, undefined, undefined>;
  readonly #time = new LogTime();
  #piece: Buffer = Buffer.alloc(0);
  /** Where the next line begins and ends (its LF). */
  #start = 0;
  #end = 0;

  private constructor(files: readonly string[]) {
    this.#pieces = wholeLines(files);
  }

  /** Throws a MatineeError, as `take` does: file-unreadable, format-invalid. */
  static async open(files: readonly string[]): Promise<Track> {
    const track = new Track(files);
    await track.#turnPiece();
    return track;
  }

  /** Some of the lines due until then, or undefined when none is left. */
  async take(untilMs: number): Promise<Taken | undefined> {
    if (this.dueMs > untilMs || this.dueMs === Infinity) return undefined;
    const piece = this.#piece;
    const from = this.#start;
    let count = 0;
    do {
      count++;
      this.#start = this.#end + 1;
    } while (this.#start < piece.length && this.#lookAhead() <= untilMs);
    const bytes = piece.subarray(from, this.#start);
    if (this.#start === piece.length) await this.#turnPiece();
    return { count, bytes };
  }

  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }

  async #turnPiece(): Promise<void> {
    const { value } = await this.#pieces.next();
    if (value === undefined) {
      this.dueMs = Infinity;
      return;
    }
    this.#piece = value;
    this.#start = 0;
    this.#lookAhead();
  }

  #lookAhead(): number {
    this.#end = this.#piece.indexOf(LF, this.#start);
    const timeEnd = this.#time.read(this.#piece, this.#start, this.#end);
    const hasTime = timeEnd >= 0 && this.#piece[timeEnd] === COMMA;
    if (hasTime && this.#time.ms > this.dueMs) this.dueMs = this.#time.ms;
    return this.dueMs;
  }
}
