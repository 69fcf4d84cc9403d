/** Writes the body of an answer: film ids separated by commas, nothing else. */

import { BODY_MAX, LANE_BODY, LANE_BODY_BYTES, MODEL_ID_BYTES, MODEL_ID_STARTS } from './layout';

/** `rows` is the address of `count` u32 model rows, best first. */
export function render(model: usize, lane: usize, rows: usize, count: u32): void {
  const starts: usize = load<u32>(model, MODEL_ID_STARTS);
  const bytes: usize = load<u32>(model, MODEL_ID_BYTES);
  const body = lane + LANE_BODY;
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
  store<u32>(lane, length, LANE_BODY_BYTES);
}
