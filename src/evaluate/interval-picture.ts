/** Intervals one below the other as an SVG: a dot for the mean, a line from end to end, the mean in numbers at the right. */

import type { Interval } from './bootstrap.js';
import { figure, shortened } from './markdown.js';

export interface NamedInterval extends Interval {
  readonly name: string;
}

const WIDTH = 720;
const ROW = 26;
const [LEFT, RIGHT, TOP] = [230, 632, 56];
/** Of a name; a longer one would leave the picture. */
const NAME_MAX = 29;

const STYLE = `
    .title { font: 600 15px system-ui, sans-serif; fill: #16233a; }
    .text { font: 13px system-ui, sans-serif; fill: #47566e; }
    .grid { stroke: #c9d2df; stroke-width: 1; }
    .zero { stroke: #47566e; stroke-width: 1; }
    .interval { stroke: #3b6fb6; stroke-width: 2; }
    .mean { fill: #3b6fb6; }
    @media (prefers-color-scheme: dark) {
      .title { fill: #eaf1fb; }
      .text { fill: #a9b8cf; }
      .grid { stroke: #3a4a63; }
      .zero { stroke: #a9b8cf; }
      .interval { stroke: #79a8e8; }
      .mean { fill: #79a8e8; }
    }`;

/** @param rows at least one; names are free of markup */
export function drawIntervals(title: string, label: string, rows: readonly NamedInterval[]): string {
  const ticks = ticksOver(Math.min(0, ...rows.map(({ low }) => low)), Math.max(0, ...rows.map(({ high }) => high)));
  const [from, to] = [ticks[0]!, ticks.at(-1)!];
  const across = (value: number): string => (LEFT + ((value - from) / (to - from)) * (RIGHT - LEFT)).toFixed(1);
  const bottom = TOP + rows.length * ROW;
  const marks = [
    ...ticks.flatMap((value) => [
      `<line class="${value === 0 ? 'zero' : 'grid'}" x1="${across(value)}" x2="${across(value)}" y1="${TOP - 8}" y2="${bottom}" />`,
      `<text class="text" x="${across(value)}" y="${bottom + 18}" text-anchor="middle">${Number(value.toPrecision(3))}</text>`,
    ]),
    `<text class="text" x="${RIGHT}" y="${bottom + 40}" text-anchor="end">${label}</text>`,
    ...rows.flatMap(({ name, value, low, high }, i) => {
      const y = TOP + i * ROW + ROW / 2;
      return [
        `<text class="text" x="${LEFT - 14}" y="${y + 4}" text-anchor="end">${shortened(name, NAME_MAX)}</text>`,
        `<line class="interval" x1="${across(low)}" x2="${across(high)}" y1="${y}" y2="${y}" />`,
        `<circle class="mean" cx="${across(value)}" cy="${y}" r="4" />`,
        `<text class="text" x="${WIDTH - 12}" y="${y + 4}" text-anchor="end">${figure(value)}</text>`,
      ];
    }),
  ];
  return `\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 56}" role="img" aria-labelledby="title">
  <title id="title">${title}</title>
  <style>${STYLE}
  </style>
  <text class="title" x="12" y="26">${title}</text>
${marks.map((mark) => `  ${mark}\n`).join('')}</svg>
`;
}

/** Round values at equal distances, seven at most; the first is not above `low`, the last not below `high`. */
function ticksOver(low: number, high: number): number[] {
  const span = high > low ? high - low : 1;
  let step = 1e-6;
  for (let i = 0; step * 5 < span; i++) step *= i % 3 === 1 ? 2.5 : 2;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
