/** Figures in Markdown: tables, and numbers as they stand in them. */

import type { Interval } from './bootstrap.js';

/** Columns in which every cell is a figure, or empty, stand to the right. Padded, so that the text reads as well as the page. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = header.map((title, column) => {
    const cells = rows.map((row) => row[column]!);
    const width = Math.max(3, title.length, ...cells.map((cell) => cell.length));
    const toRight = cells.join('') !== '' && cells.every((cell) => /^([-+]?[\d.]+)?$/.test(cell));
    const rule = toRight ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
    const pad = (cell: string): string => (toRight ? cell.padStart(width) : cell.padEnd(width));
    return [pad(title), rule, ...cells.map(pad)];
  });
  return columns[0]!.map((_, line) => `| ${columns.map((column) => column[line]!).join(' | ')} |`).join('\n');
}

export const figure = (value: number): string => value.toFixed(4);

/** Empty where there is none. */
export const mean = (interval: Interval | undefined): string => (interval === undefined ? '' : figure(interval.value));
export const bounds = (interval: Interval | undefined): string =>
  interval === undefined ? '' : `${figure(interval.value)} [${figure(interval.low)}, ${figure(interval.high)}]`;

/** Of a difference: with its sign. */
export const signedBounds = (interval: Interval | undefined): string =>
  interval === undefined ? '' : `${signed(interval.value)} [${signed(interval.low)}, ${signed(interval.high)}]`;

const signed = (value: number): string => `${value < 0 ? '' : '+'}${figure(value)}`;

/** A name as it stands in a column, in at most so many characters. */
export const shortened = (name: string, longest: number): string =>
  name.length > longest ? `${name.slice(0, longest - 1)}…` : name;
