/** World time as people write it in scenario files: `90s`, `10m`, `2h`, `3d`. */

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Whole world seconds; undefined when `text` is not a whole number directly followed by its unit. */
export function parseWorldDuration(text: string): number | undefined {
  const match = /^(\d{1,9})([smhd])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * secondsOf[match[2] as keyof typeof secondsOf];
}
