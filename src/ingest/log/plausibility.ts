/**
 * When a line of the log is believable. Every rule here is about a line by itself or about the set of lines of one viewing, never
 * about the order in which lines arrive: partitions are not ordered against each other.
 */

/** Up to this minute a viewing may begin: a player reports its first minutes late or not at all. */
export const FIRST_MINUTES = 3;

/** Seconds by which lines of one viewing may disagree on when it began: times come without seconds, players stutter. */
export const STUTTER = 300;

/** A viewing whose beginning nobody saw is believed up to here when the running time is not known, in minutes. */
const LONG_FILM = 400;

const DAY_MS = 86_400_000;
/** 2000-01-01: no log of this site is older. */
const EARLIEST_MS = 946_684_800_000;

/** When a viewing must have begun that reaches `minute` at `seconds`, without a pause. Seconds since 1970, at least 1. */
export const beganOf = (seconds: number, minute: number): number => Math.max(1, seconds - 60 * minute);

export const isBeginning = (minute: number): boolean => minute <= FIRST_MINUTES;

/** Whether somebody may have come to this minute of a film that runs `runtime` minutes (null: unknown). */
export const isBelievable = (minute: number, runtime: number | null): boolean =>
  minute <= (runtime === null ? LONG_FILM : Math.max(runtime * 1.25, runtime + 30));

export const isClockSkew = (timeMs: number, nowMs: number): boolean => timeMs < EARLIEST_MS || timeMs > nowMs + DAY_MS;
