/** Says to which partitions recorded lines go. */

import { ByteSink } from '../log/bytes.js';
import type { Lines } from '../log/sink.js';
import type { Taken } from './track.js';

const LF = 10;

/** All to `partition`, or where none is given to each of them in turn, line by line; written over by the next call. */
export function dealer(partition: number | undefined, partitions: number): (taken: Taken) => Lines[] {
  if (partition !== undefined) return (taken) => [{ partition, ...taken }];
  const hands = Array.from({ length: partitions }, () => ({ sink: new ByteSink(), count: 0 }));
  let turn = 0;
  return ({ bytes }) => {
    for (const hand of hands) hand.count = hand.sink.length = 0;
    for (let start = 0; start < bytes.length;) {
      const end = bytes.indexOf(LF, start) + 1;
      const hand = hands[turn]!;
      hand.sink.reserve(end - start);
      bytes.copy(hand.sink.bytes, hand.sink.length, start, end);
      hand.sink.length += end - start;
      hand.count++;
      turn = (turn + 1) % partitions;
      start = end;
    }
    return hands.map(({ sink, count }, to) => ({
      partition: to,
      count,
      bytes: sink.bytes.subarray(0, sink.length),
    }));
  };
}
