/** How many people watch at each hour of the day: most in the evening, a fifth of that before dawn. */

/** Shares of the evening's audience, by hour (UTC); straight lines between. */
const hours = [
  ...[0.62, 0.46, 0.33, 0.25, 0.2, 0.2, 0.22, 0.27, 0.33, 0.38, 0.42, 0.45],
  ...[0.5, 0.52, 0.53, 0.55, 0.6, 0.68, 0.78, 0.9, 1, 1, 0.93, 0.78],
];

export function rhythmAt(timeMs: number): number {
  const hour = (timeMs / 3_600_000) % 24;
  const [before, after] = [hours[Math.floor(hour)]!, hours[(Math.floor(hour) + 1) % 24]!];
  return before + (hour - Math.floor(hour)) * (after - before);
}
