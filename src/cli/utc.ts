/** Times on the command line: UTC, unless they say otherwise. */

/** ISO 8601, such as 2026-02-14T20:00:00 → ms since 1970; NaN for what is no time. */
export const parseUtc = (text: string): number => Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
