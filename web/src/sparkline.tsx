/** A small line over time, filled below, that takes the width it gets. */

interface SparklineProps {
  /** Oldest first, not negative. */
  readonly values: readonly number[];
  readonly label: string;
}

const HEIGHT = 100;

export function Sparkline({ values, label }: SparklineProps) {
  const highest = Math.max(1, ...values);
  const right = values.length - 1;
  // A little room above and below, so that the stroke is not cut.
  const y = (value: number): number => 96 - (value / highest) * 92;
  const line = values.map((value, x) => `${x},${y(value).toFixed(1)}`).join(' L');
  return (
    <svg class="sparkline" viewBox={`0 0 ${right} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <path class="area" d={`M0,${HEIGHT} L${line} L${right},${HEIGHT} Z`} />
      <path class="line" d={`M${line}`} />
    </svg>
  );
}
