/** Stretches of time, within which chance may exchange films: what is popular changes, and that is not taste. */

/** So many that each film's popularity in a stretch is the crowd's, and not that of the few who came. */
const stretchLength = 10_000;

/**
 * Positions of `time`, by stretch: those of unknown time (0) are one, the others are cut, in order of time, into
 * stretches of 10,000 and more.
 */
export function stretchesOf(time: Float64Array): Int32Array[] {
  const order = Int32Array.from(time.keys()).sort((a, b) => time[a]! - time[b]! || a - b);
  let untimed = 0;
  while (untimed < order.length && time[order[untimed]!] === 0) untimed++;
  const timed = order.length - untimed;
  const count = Math.max(1, Math.floor(timed / stretchLength));
  const stretches = Array.from({ length: count }, (_, i) =>
    order.subarray(untimed + Math.floor((timed * i) / count), untimed + Math.floor((timed * (i + 1)) / count)),
  );
  return [order.subarray(0, untimed), ...stretches];
}
