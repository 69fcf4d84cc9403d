/** Curves on logarithmic scales as an SVG. */

export interface Curve {
  readonly name: string;
  /** One of the classes that the style knows: `real`, `few`, `many`. */
  readonly kind: 'real' | 'few' | 'many';
  /** Points from left to right; all coordinates above 0. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Where a line is drawn, and what it says. */
  readonly ticks: readonly (readonly [value: number, text: string])[];
  readonly scale: 'linear' | 'logarithmic';
}

const [WIDTH, HEIGHT] = [720, 420];
const [LEFT, RIGHT, TOP, BOTTOM] = [72, 680, 64, 370];

const STYLE = `
    .title { font: 600 15px system-ui, sans-serif; fill: #16233a; }
    .text { font: 13px system-ui, sans-serif; fill: #47566e; }
    .grid { stroke: #c9d2df; stroke-width: 1; }
    .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .real { stroke: #16233a; }
    .few { stroke: #c08a34; }
    .many { stroke: #3b6fb6; }
    @media (prefers-color-scheme: dark) {
      .title { fill: #eaf1fb; }
      .text { fill: #a9b8cf; }
      .grid { stroke: #3a4a63; }
      .real { stroke: #eaf1fb; }
      .few { stroke: #d9aa5c; }
      .many { stroke: #79a8e8; }
    }`;

export function drawCurves(title: string, x: Axis, y: Axis, curves: readonly Curve[]): string {
  const across = placesOf(x, LEFT, RIGHT);
  const up = placesOf(y, BOTTOM, TOP);
  const marks = [
    ...x.ticks.flatMap(([value, text]) => [
      `<line class="grid" x1="${across(value)}" x2="${across(value)}" y1="${TOP}" y2="${BOTTOM}" />`,
      `<text class="text" x="${across(value)}" y="${BOTTOM + 20}" text-anchor="middle">${text}</text>`,
    ]),
    ...y.ticks.flatMap(([value, text]) => [
      `<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${up(value)}" y2="${up(value)}" />`,
      `<text class="text" x="${LEFT - 8}" y="${Number(up(value)) + 4}" text-anchor="end">${text}</text>`,
    ]),
    `<text class="text" x="${RIGHT}" y="${BOTTOM + 42}" text-anchor="end">${x.label}</text>`,
    `<text class="text" x="${LEFT - 60}" y="${TOP - 14}">${y.label}</text>`,
    ...curves.flatMap(({ name, kind, points }, i) => [
      `<path class="curve ${kind}" d="M${points.map(([a, b]) => `${across(a)} ${up(b)}`).join('L')}" />`,
      `<path class="curve ${kind}" d="M${RIGHT - 200} ${TOP + 14 + 20 * i}h24" />`,
      `<text class="text" x="${RIGHT - 168}" y="${TOP + 18 + 20 * i}">${name}</text>`,
    ]),
  ];
  return picture(WIDTH, HEIGHT, title, marks);
}

/** From a value of the axis to pixels; beyond its ends, the end. */
function placesOf({ from, to, scale }: Axis, first: number, last: number): (value: number) => string {
  const measure = (value: number): number => (scale === 'linear' ? value : Math.log10(value));
  return (value) => {
    const inside = Math.min(to, Math.max(from, value));
    const share = (measure(inside) - measure(from)) / (measure(to) - measure(from));
    return (first + share * (last - first)).toFixed(1);
  };
}

export const picture = (width: number, height: number, title: string, marks: readonly string[]): string => `\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
  <title id="title">${title}</title>
  <style>${STYLE}
  </style>
  <text class="title" x="12" y="26">${title}</text>
${marks.map((mark) => `  ${mark}\n`).join('')}</svg>
`;
