/** The time in a recorded log while it is played. */

/** A silence is cut to this, in our time: nobody waits for an outage of days in the record. */
const SILENCE_MS_MAX = 60_000;

/** Passes `speed` times as fast as ours, and begins with the first time that is asked for. */
export class ReplayClock {
  readonly #speed: number;
  /** When the log's time 0 was, or would have been, in milliseconds of our own time. */
  #zeroMs: number | undefined;

  constructor(speed: number) {
    this.#speed = speed;
  }

  /** How long it is from `nowMs` of our time until `logMs` in the log; 0 when that is past, or no time. */
  waitMs(logMs: number, nowMs: number): number {
    if (!Number.isFinite(logMs)) return 0;
    const ownMs = logMs / this.#speed;
    this.#zeroMs ??= nowMs - ownMs;
    const waitMs = this.#zeroMs + ownMs - nowMs;
    this.#zeroMs -= Math.max(0, waitMs - SILENCE_MS_MAX);
    return Math.min(Math.max(0, waitMs), SILENCE_MS_MAX);
  }
}
