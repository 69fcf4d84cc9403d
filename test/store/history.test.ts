/** The packed history: its bytes, and merging against an obvious twin that remembers every event. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeHistory,
  encodeHistory,
  ENTRY_BYTES,
  HISTORY_CAPACITY,
  HistoryView,
  type HistoryEntry,
} from '../../src/store/history-codec.js';
import { mergeHistory, type HistoryEvent } from '../../src/store/history-merge.js';

const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const entry: fc.Arbitrary<HistoryEntry> = fc.record({
  film: u32,
  rating: fc.float({ noNaN: false }),
  minutes: fc.float({ noNaN: false }),
  rated: u32,
  first: u32,
  last: u32,
});

test('entries survive their bytes, also in the middle of a longer buffer', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 50 }), fc.nat(9), (entries, offset) => {
      const bytes = encodeHistory(entries);
      expect(bytes.length).toBe(entries.length * ENTRY_BYTES);
      const lent = new Uint8Array(bytes.length + 20);
      lent.set(bytes, offset);
      expect(decodeHistory(new HistoryView(lent.subarray(offset, offset + bytes.length)))).toEqual(entries);
    }),
  );
});

test('the layout is the one that is drawn', () => {
  const bytes = encodeHistory([{ film: 1, rating: 4.5, minutes: NaN, rated: 2, first: 3, last: 0xffffffff }]);
  expect(Buffer.from(bytes).toString('hex')).toBe(
    '01000000' + '00009040' + '0000c07f' + '02000000' + '03000000' + 'ffffffff',
  );
});

test('a cut history is a programmer error', () => {
  expect(() => new HistoryView(new Uint8Array(ENTRY_BYTES + 1))).toThrow(/no multiple/);
});

const event: fc.Arbitrary<HistoryEvent> = fc.record({
  film: fc.nat(6),
  rating: fc.option(fc.constantFrom(1, 2.5, 4, 5)),
  minutes: fc.option(fc.nat(120)),
  timeMs: fc.oneof(
    fc.constant(0),
    fc.nat(9).map((s) => s * 1000),
    fc.nat(9999),
  ),
});

const merge = (batches: readonly (readonly HistoryEvent[])[]): Uint8Array =>
  batches.reduce<Uint8Array>((bytes, events) => mergeHistory(new HistoryView(bytes), events).bytes, new Uint8Array());

/** The definition, read off all events of a film at once. */
function obvious(events: readonly HistoryEvent[]): HistoryEntry[] {
  const seconds = ({ timeMs }: HistoryEvent): number => Math.floor(timeMs / 1000);
  const entries = [...new Set(events.map(({ film }) => film))].map((film) => {
    const own = events.filter((candidate) => candidate.film === film);
    const times = own.map(seconds).filter((time) => time > 0);
    const minutes = own.map((e) => e.minutes).filter((m) => m !== null);
    const ratings = own
      .filter((e) => e.rating !== null)
      .sort((a, b) => seconds(b) - seconds(a) || b.rating! - a.rating!);
    return {
      film,
      rating: ratings[0]?.rating ?? NaN,
      minutes: minutes.length === 0 ? NaN : Math.max(...minutes),
      rated: ratings[0] === undefined ? 0 : seconds(ratings[0]),
      first: times.length === 0 ? 0 : Math.min(...times),
      last: Math.max(0, ...times),
    };
  });
  return entries.sort((a, b) => a.last - b.last || a.film - b.film);
}

describe('merging', () => {
  test('gives what the definition says, however the events are cut into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.array(event, { maxLength: 8 }), { maxLength: 8 }), (batches) => {
        expect(decodeHistory(new HistoryView(merge(batches)))).toEqual(obvious(batches.flat()));
      }),
    );
  });

  test('does not depend on order or repetition', () => {
    const shuffled = fc
      .array(event, { maxLength: 30 })
      .chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length })),
      );
    fc.assert(
      fc.property(shuffled, ([events, twice]) => {
        expect(merge([twice])).toEqual(merge([events]));
      }),
    );
  });

  test('counts what is new and what changed', () => {
    const first = mergeHistory(undefined, [
      { film: 1, rating: null, minutes: 10, timeMs: 1000 },
      { film: 2, rating: 3, minutes: null, timeMs: 1000 },
    ]);
    expect(first).toMatchObject({ added: 2, updated: 0 });
    const second = mergeHistory(new HistoryView(first.bytes), [
      { film: 1, rating: null, minutes: 9, timeMs: 1000 },
      { film: 2, rating: 3, minutes: null, timeMs: 2000 },
      { film: 3, rating: 3, minutes: null, timeMs: 2000 },
    ]);
    expect(second).toMatchObject({ added: 1, updated: 1 });
  });

  test('beyond the capacity the oldest leave first', () => {
    const events = Array.from({ length: HISTORY_CAPACITY + 3 }, (_, film) => ({
      film,
      rating: 5,
      minutes: null,
      timeMs: (film + 1) * 1000,
    }));
    const view = new HistoryView(mergeHistory(undefined, events.toReversed()).bytes);
    expect(view.count).toBe(HISTORY_CAPACITY);
    expect(view.film(0)).toBe(3);
    expect(view.film(HISTORY_CAPACITY - 1)).toBe(HISTORY_CAPACITY + 2);
  });

  test.each([-1, 2 ** 32 * 1000, NaN])('a time of %d ms is a programmer error', (timeMs) => {
    expect(() => mergeHistory(undefined, [{ film: 0, rating: 1, minutes: null, timeMs }])).toThrow(/outside/);
  });
});
