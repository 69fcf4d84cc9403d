/** Figures in Markdown: tables, and numbers as they stand in them. */

import type { Interval } from './bootstrap.js';

/** Columns in which every cell is a figure stand to the right. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, column) => (rows.every((row) => /^[-+]?[\d.]/.test(row[column]!)) ? '--:' : '---'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const figure = (value: number): string => value.toFixed(4);

export const withBounds = ({ value, low, high }: Interval): string =>
  `${figure(value)} [${figure(low)}, ${figure(high)}]`;

/** Of a difference: with its sign. */
export const signedWithBounds = ({ value, low, high }: Interval): string =>
  `${signed(value)} [${signed(low)}, ${signed(high)}]`;

const signed = (value: number): string => `${value < 0 ? '' : '+'}${figure(value)}`;
