/** Two symmetric matrices of correlations as one SVG: one of them below the diagonal, the other above. */

import { picture } from './curves.js';

const CELL = 26;
const [LEFT, TOP] = [120, 140];

/** @param names of the rows, which are those of the columns */
export function drawMatrices(
  title: string,
  names: readonly string[],
  below: readonly (readonly number[])[],
  above: readonly (readonly number[])[],
): string {
  const size = names.length * CELL;
  const marks = names.flatMap((name, row) => [
    `<text class="text" x="${LEFT - 8}" y="${TOP + row * CELL + 18}" text-anchor="end">${name}</text>`,
    `<text class="text" transform="translate(${LEFT + row * CELL + 18} ${TOP - 8}) rotate(-60)">${name}</text>`,
    ...names.flatMap((_, column) =>
      row === column ? [] : [cell(row, column, (column < row ? below : above)[row]![column]!)],
    ),
  ]);
  return picture(LEFT + size + 40, TOP + size + 20, title, marks);
}

/** Blue for what goes together, ochre for what does not, the stronger the less transparent. */
function cell(row: number, column: number, correlation: number): string {
  const place = `x="${LEFT + column * CELL}" y="${TOP + row * CELL}" width="${CELL - 1}" height="${CELL - 1}"`;
  const colour = correlation > 0 ? '#3b6fb6' : '#c08a34';
  return `<rect ${place} fill="${colour}" fill-opacity="${Math.min(1, Math.abs(correlation)).toFixed(2)}" />`;
}
