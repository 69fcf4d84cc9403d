/** Text that is safe to print: a terminal obeys control characters, and a line of a log may hold any. */

/** Each control character becomes \u and four hexadecimal digits; of more than `lengthMax` characters an ellipsis tells. */
export function printable(text: string, lengthMax: number): string {
  const escaped = text
    .slice(0, lengthMax)
    .replace(/\p{C}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const isCut = escaped.length > lengthMax || text.length > lengthMax;
  return isCut ? `${escaped.slice(0, lengthMax - 1)}…` : escaped;
}
