/** The numbers of a safetensors tensor in the two types that models are made of, from every type that holds such. */

import type { SafeTensor } from './safetensors.js';

/** Undefined when the tensor does not hold floating-point numbers of 16 to 64 bits. Numbers too large become infinite. */
export function floatsOf({ dtype, bytes }: SafeTensor): Float32Array | undefined {
  switch (dtype) {
    case 'F32':
      return new Float32Array(aligned(bytes));
    case 'F64':
      return Float32Array.from(new Float64Array(aligned(bytes)));
    case 'F16':
      return Float32Array.from(new Uint16Array(aligned(bytes)), halfToNumber);
    case 'BF16': // the upper half of an f32
      return new Float32Array(Uint32Array.from(new Uint16Array(aligned(bytes)), (bits) => bits << 16).buffer);
    default:
      return undefined;
  }
}

/** Undefined when the tensor does not hold signed integers of 32 or 64 bits. */
export function integersOf({ dtype, bytes }: SafeTensor): number[] | undefined {
  switch (dtype) {
    case 'I32':
      return Array.from(new Int32Array(aligned(bytes)));
    case 'I64':
      return Array.from(new BigInt64Array(aligned(bytes)), Number);
    default:
      return undefined;
  }
}

/** A copy that starts at the beginning of its own buffer. */
const aligned = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
