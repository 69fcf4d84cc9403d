/**
 * When a line of the log is believable. Every rule here is about a line by itself or about the set of lines of one viewing, never
 * about the order in which lines arrive: partitions are not ordered against each other.
 */

/** Up to this minute a viewing may begin: a player reports its first minutes late or not at all. */
const FIRST_MINUTES = 3;

/** Seconds by which lines of one viewing may disagree on when it began: times come without seconds, players stutter. */
export const STUTTER = 300;

const DAY_MS = 86_400_000;
/** 2000-01-01: no log of this site is older. */
const EARLIEST_MS = 946_684_800_000;

/** When a viewing must have begun that reaches `minute` at `seconds`, without a pause. Seconds since 1970, at least 1. */
export const beganOf = (seconds: number, minute: number): number => Math.max(1, seconds - 60 * minute);

export const isBeginning = (minute: number): boolean => minute <= FIRST_MINUTES;

export const isClockSkew = (timeMs: number, nowMs: number): boolean => timeMs < EARLIEST_MS || timeMs > nowMs + DAY_MS;
