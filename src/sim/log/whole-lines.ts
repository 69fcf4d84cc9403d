/** Reads files of lines, however long they are, in pieces that end with a line. */

import { open, type FileHandle } from 'node:fs/promises';
import { MatineeError } from '../../core/errors.js';

const LF = 10;
const PIECE_BYTES = 1 << 20;
/** A line of a log has at most a megabyte; what has no line ends is not a log. */
const LINE_BYTES_MAX = 16 << 20;

/**
 * The files one behind the other; each piece ends with LF, also where a file does not, and is not written to again.
 * Throws a MatineeError: file-unreadable, format-invalid (a line of more than 16 MiB).
 */
export async function* wholeLines(paths: readonly string[]): AsyncGenerator<Buffer, undefined, undefined> {
  for (const path of paths) yield* wholeLinesOf(path);
  return undefined;
}

async function* wholeLinesOf(path: string): AsyncGenerator<Buffer, undefined, undefined> {
  /** The beginning of a line whose end has not been read. */
  let begun: Buffer = Buffer.alloc(0);
  for await (const piece of piecesOf(path)) {
    const end = piece.lastIndexOf(LF) + 1;
    if (end > 0) yield begun.length === 0 ? piece.subarray(0, end) : Buffer.concat([begun, piece.subarray(0, end)]);
    begun = end > 0 ? piece.subarray(end) : Buffer.concat([begun, piece]);
    if (begun.length <= LINE_BYTES_MAX) continue;
    throw new MatineeError('format-invalid', `${path} has a line of more than ${LINE_BYTES_MAX >> 20} MiB`, {
      hint: 'Give a file of text lines, uncompressed.',
      fields: { path },
    });
  }
  if (begun.length > 0) yield Buffer.concat([begun, Buffer.of(LF)]);
  return undefined;
}

async function* piecesOf(path: string): AsyncGenerator<Buffer, undefined, undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES);
      if (bytesRead === 0) return undefined;
      yield piece.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw new MatineeError('file-unreadable', `cannot read ${path} (${(cause as Error).message})`, {
      hint: 'Give a file that exists and may be read.',
      fields: { path },
      cause,
    });
  } finally {
    await file?.close();
  }
}
