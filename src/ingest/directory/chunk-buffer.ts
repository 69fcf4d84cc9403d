/**
 * What lines are read into: allocated once, then used again for every chunk. Fresh buffers, freed out of order, would leave the
 * heap with ever more holes while a long backlog is read.
 */

export class ChunkBuffer {
  readonly bytes: Buffer;
  /** Room for as many lines as there are bytes; the system gives pages only to what is used. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly offsets: Float64Array;

  /** `size`: bytes that are read at once. */
  constructor(size = 1 << 20) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.starts = new Uint32Array(size);
    this.ends = new Uint32Array(size);
    this.offsets = new Float64Array(size);
  }
}
