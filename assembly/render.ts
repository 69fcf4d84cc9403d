/** Writes the body of an answer: film ids separated by commas, nothing else. */

import { BODY_MAX, MODEL_ID_BYTES, MODEL_ID_STARTS } from './layout';

/** `rows` is the address of `count` u32 model rows, best first. Returns the length of the body, at most BODY_MAX. */
export function render(model: usize, rows: usize, count: u32, body: usize): u32 {
  const starts: usize = load<u32>(model, MODEL_ID_STARTS);
  const bytes: usize = load<u32>(model, MODEL_ID_BYTES);
  let length: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const row = load<u32>(rows + (i << 2));
    const start = load<u32>(starts + (row << 2));
    const size = load<u32>(starts + (row << 2), 4) - start;
    if (length + size + 1 > <u32>BODY_MAX) break;
    if (i > 0) {
      store<u8>(body + length, 0x2c);
      length++;
    }
    memory.copy(body + length, bytes + start, size);
    length += size;
  }
  return length;
}
