/** Which positions of a lane its user has seen, as bits that a scan can lay over its hits. */

import { LANE_SEEN, LANE_SEEN_COUNT } from './layout';

/** Sets or clears the bits of a lane's seen positions; between scans the bitmaps are all zero. */
export function markSeen(model: usize, lane: usize, bitmap: usize, set: bool): void {
  const count = load<u32>(lane, LANE_SEEN_COUNT);
  for (let i: u32 = 0; i < count; i++) {
    const position = load<u32>(lane + LANE_SEEN + (i << 2));
    const word = bitmap + ((position >> 4) << 1);
    store<u16>(word, set ? load<u16>(word) | (<u16>1 << <u16>(position & 15)) : 0);
  }
}
