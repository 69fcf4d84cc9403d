/** The two stretches of the site's time that are compared: the newest days, and the days before them. */

const DAY_MS = 86_400_000;

export interface Span {
  /** Included. ms since 1970. */
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
}

export interface Windows {
  readonly current: Span;
  readonly reference: Span;
}

/** `newestMs`: of the newest event; the log's own time decides, not our clock. */
export function windowsBack(newestMs: number, days: number, referenceDays: number): Windows {
  const toMs = newestMs + 1;
  const fromMs = toMs - days * DAY_MS;
  return { current: { fromMs, toMs }, reference: { fromMs: fromMs - referenceDays * DAY_MS, toMs: fromMs } };
}

export const lies = (timeMs: number, { fromMs, toMs }: Span): boolean => timeMs >= fromMs && timeMs < toMs;
