/** Bytes as people read them when they are no text: position, sixteen bytes in hexadecimal, and what of them is ASCII. */

const ROW_BYTES = 16;

/** @returns lines joined by LF, without one at the end. */
export function hexView(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    const row = [...bytes.subarray(at, at + ROW_BYTES)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(3 * ROW_BYTES)} ${ascii}`);
  }
  return rows.join('\n');
}
