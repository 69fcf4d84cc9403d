/** Quantities with units as people write them: durations such as `250ms`, `1s` and `2m`. */

const millisecondsOf = { ms: 1, s: 1_000, m: 60_000 } as const;

/** The duration in milliseconds, or undefined when `text` is not a number directly followed by `ms`, `s` or `m`. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * millisecondsOf[match[2] as keyof typeof millisecondsOf];
}
