/** Reads a text file of any size as batches of lines, in bounded memory, and hashes its bytes on the way. */

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { MatineeError } from '../../core/errors.js';

/** Characters. A longer line is handed over cut, but still longer than this: refuse it. */
export const LINE_LENGTH_MAX = 16_384;

const CHUNK_BYTES = 1 << 18;

/** UTF-8 needs at most three bytes for a UTF-16 unit, so what is kept of a long line is longer than the limit. */
const CARRY_BYTES_MAX = 3 * (LINE_LENGTH_MAX + 1);

const LF = 10;

export interface LineBatch {
  readonly lines: readonly string[];
  /** Line number of `lines[0]`; the file begins with line 1. */
  readonly firstLine: number;
  /** Read of the file so far. */
  readonly bytes: number;
}

export interface LineFile {
  batches(): AsyncGenerator<LineBatch, void>;
  /** Hexadecimal, once all batches were read. */
  sha256(): string;
}

/**
 * Lines end with LF or CRLF; a byte order mark is dropped. Bytes that are not UTF-8 become U+FFFD or, with
 * `latin1Fallback`, their batch is read as Latin-1. Iterating throws `file-unreadable` when the file system fails.
 */
export function openLines(path: string, latin1Fallback: boolean): LineFile {
  const hash = createHash('sha256');
  const decode = (bytes: Buffer): string =>
    latin1Fallback && !isUtf8(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');

  async function* batches(): AsyncGenerator<LineBatch, void> {
    let carry: Buffer = Buffer.alloc(0);
    let nextLine = 1;
    let bytes = 0;

    const batch = (block: Buffer): LineBatch => {
      const text = decode(block);
      const lines = (nextLine === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
      for (let i = 0; i < lines.length; i++) if (lines[i]!.endsWith('\r')) lines[i] = lines[i]!.slice(0, -1);
      const firstLine = nextLine;
      nextLine += lines.length;
      return { lines, firstLine, bytes };
    };

    for await (const chunk of readChunks(path)) {
      hash.update(chunk);
      bytes += chunk.length;
      const block = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      const end = block.lastIndexOf(LF);
      if (end >= 0) yield batch(block.subarray(0, end));
      carry = block.subarray(end + 1).subarray(0, CARRY_BYTES_MAX);
    }
    if (carry.length > 0) yield batch(carry);
  }

  return { batches, sha256: () => hash.digest('hex') };
}

async function* readChunks(path: string): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) yield chunk as Buffer;
  } catch (cause) {
    throw new MatineeError('file-unreadable', `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}
