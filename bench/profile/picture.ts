/** The flow of one request as an SVG: a bar a stage, each where the one before it ends, and a hello on the same scale. */

import type { Figures } from './figures.js';
import { STAGES, type Lane } from './stages.js';

const WIDTH = 960;
const ROW = 28;
const TOP = 24;
/** Before the first stage of a lane. */
const HEADING = 34;
/** Where the bars begin, and where the longest one must end to leave room for its figure. */
const [LEFT, RIGHT] = [424, 900];

const HEADINGS: Readonly<Record<Lane, string>> = { main: 'MAIN THREAD', worker: 'WORKER THREAD', beside: 'BESIDE' };

const STYLE = `
    .name { font: 600 14px system-ui, sans-serif; fill: #16233a; }
    .what, .time { font: 13px system-ui, sans-serif; fill: #47566e; }
    .time { font-variant-numeric: tabular-nums; }
    .head { font: 600 12px system-ui, sans-serif; fill: #47566e; letter-spacing: .08em; }
    .main { fill: #3b6fb6; }
    .worker { fill: #c08a34; }
    .beside, .hello { fill: #8794a8; }
    .whole { fill: none; stroke: #47566e; stroke-width: 1.5; }
    .step { fill: none; stroke: #6b7c96; stroke-width: 1; stroke-dasharray: 2 3; }
    @media (prefers-color-scheme: dark) {
      .name { fill: #eaf1fb; }
      .what, .time, .head { fill: #a9b8cf; }
      .main { fill: #79a8e8; }
      .worker { fill: #d9aa5c; }
      .whole { stroke: #a9b8cf; }
      .step { stroke: #93a4be; }
    }`;

export function drawFlow({ of, whole, hello }: Figures): string {
  const pixels = (RIGHT - LEFT) / Math.max(whole, hello);
  const marks: string[] = [];
  let [y, spent] = [TOP, 0];
  let lane: Lane | undefined;
  for (const stage of STAGES) {
    if (stage.lane !== lane) {
      const x = LEFT + spent * pixels;
      if (lane !== undefined) marks.push(`<path class="step" d="M${fixed(x)} ${y - 6}V${y + HEADING - 12}" />`);
      y += HEADING;
      lane = stage.lane;
      marks.push(`<text class="head" x="20" y="${y - 8}">${HEADINGS[lane]}</text>`);
    }
    const time = of(stage.name);
    marks.push(...row(y, { ...stage, kind: stage.lane, from: LEFT + spent * pixels, width: time * pixels, time }));
    spent += time;
    y += ROW;
  }
  y += HEADING;
  marks.push(`<text class="head" x="20" y="${y - 8}">TOGETHER</text>`);
  const sum = { name: 'a request', what: 'all threads, CPU time', kind: 'whole', from: LEFT, time: whole };
  marks.push(...row(y, { ...sum, width: whole * pixels }));
  const bare = { name: 'a hello', what: 'same server library, same bytes', kind: 'hello', from: LEFT, time: hello };
  marks.push(...row(y + ROW, { ...bare, width: hello * pixels }));
  return page(y + 2 * ROW + 8, marks, whole, hello);
}

interface Bar {
  readonly name: string;
  readonly what: string;
  readonly kind: string;
  readonly from: number;
  readonly width: number;
  readonly time: number;
}

function row(y: number, { name, what, kind, from, width, time }: Bar): string[] {
  const middle = y + ROW / 2 + 1;
  return [
    `<text class="name" x="20" y="${middle}">${name}</text>`,
    `<text class="what" x="184" y="${middle}">${what}</text>`,
    `<rect class="${kind}" x="${fixed(from)}" y="${y}" width="${fixed(Math.max(width, 1))}" height="${ROW - 8}" rx="2" />`,
    `<text class="time" x="${fixed(from + width + 7)}" y="${middle}">${time.toFixed(1)}</text>`,
  ];
}

const page = (height: number, marks: readonly string[], whole: number, hello: number): string => `\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">
  <title id="title">The CPU time of one request, stage by stage, in microseconds</title>
  <desc id="desc">
    From the main thread to a worker and back: ${STAGES.map(({ name }) => name).join(', ')}.
    Together ${whole.toFixed(1)} µs; a hello takes ${hello.toFixed(1)} µs.
  </desc>
  <style>${STYLE}
  </style>
  <text class="head" x="${LEFT}" y="${TOP + HEADING - 8}">CPU MICROSECONDS A REQUEST</text>
${marks.map((mark) => `  ${mark}\n`).join('')}</svg>
`;

const fixed = (value: number): string => value.toFixed(1);
