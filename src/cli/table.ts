/** Plain aligned tables for the terminal: columns of numbers to the right, everything else to the left. */

const isNumeric = (cell: string): boolean => /^(?:[-+]?[\d.,]+(?:e[-+]?\d+)?%?|-|)$/.test(cell);

/** @returns lines joined by LF, without one at the end. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const toRight = header.map((_, column) => rows.length > 0 && rows.every((row) => isNumeric(row[column]!)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (toRight[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}
