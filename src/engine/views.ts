/** Typed views of the shared memory, made again when it has grown. */

export interface Views {
  readonly buffer: ArrayBufferLike;
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
}

/** Growth leaves old views valid but short: ask again before touching addresses that may be new. */
export function viewsOf(memory: WebAssembly.Memory, last?: Views): Views {
  const { buffer } = memory;
  if (last?.buffer.byteLength === buffer.byteLength) return last;
  return {
    buffer,
    u8: new Uint8Array(buffer),
    u16: new Uint16Array(buffer),
    u32: new Uint32Array(buffer),
    i32: new Int32Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
  };
}
