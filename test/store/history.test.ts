/** The packed history: its bytes, and merging against an obvious twin that remembers every event. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BEGAN_UNKNOWN,
  ENTRY_BYTES_MAX,
  ENTRY_WORDS,
  HISTORY_CAPACITY,
  NONE,
  packHistory,
  unpackHistory,
} from '../../src/store/history-codec.js';
import { HistoryEditor } from '../../src/store/history-editor.js';
import { HistoryView, type HistoryEntry } from '../../src/store/history-view.js';

const editor = new HistoryEditor();

/** Something that was done with one film: the two things an editor can be told. */
type Step =
  | { readonly film: number; readonly rating: number; readonly at: number }
  | { readonly film: number; readonly minutes: number; readonly at: number; readonly began: number };

const edit = (stored: Uint8Array | undefined, steps: readonly Step[], added: number[] = []): Uint8Array => {
  editor.open(stored);
  for (const step of steps) {
    if ('rating' in step) editor.rate(step.film, step.rating, step.at);
    else editor.watch(step.film, step.minutes, step.at, step.at, step.began);
  }
  const bytes = editor.finish((film) => added.push(film));
  return bytes === undefined ? (stored ?? new Uint8Array()) : bytes.slice();
};

const viewOf = (bytes: Uint8Array): HistoryView => new HistoryView().moveTo(bytes);
const entriesOf = (bytes: Uint8Array): HistoryEntry[] => viewOf(bytes).entries();

test('the layout is the one that is drawn', () => {
  const watched = edit(undefined, [
    { film: 300, minutes: 0, at: 1_700_000_000, began: 1_700_000_000 },
    { film: 300, minutes: 110, at: 1_700_006_600, began: 1_700_000_010 },
  ]);
  // Last, span, began and minutes; 300; the newest event; 6,600 s; 0 s; 110 minutes.
  expect(Buffer.from(watched).toString('hex')).toBe('2e' + 'ac02' + 'c895d0aa06' + 'c833' + '00' + '6e');
  const rated = edit(watched, [{ film: 300, rating: 433, at: 1_700_006_500 }]);
  // Also rated and with a rating, a fine one; rated 100 s before the last minute.
  expect(Buffer.from(rated).toString('hex')).toBe(
    'ef' + 'ac02' + 'c895d0aa06' + 'c701' + 'c833' + '00' + '6e' + 'b103',
  );
  expect(entriesOf(rated)).toEqual([
    {
      ...{ film: 300, rating: 4.33, rated: 1_700_006_500, minutes: 110 },
      ...{ first: 1_700_000_000, last: 1_700_006_600, began: 1_700_000_000 },
    },
  ]);
});

const second = fc.oneof(fc.constant(0), fc.nat(9), fc.integer({ min: 1.6e9, max: 1.7e9 }), fc.constant(2 ** 32 - 1));
const words = fc
  .record({
    film: fc.oneof(fc.nat(300), fc.nat(2 ** 32 - 1)),
    rated: second,
    times: fc.tuple(second, second),
    began: second,
    rating: fc.oneof(
      fc.constant(NONE),
      fc.nat(NONE),
      fc.nat(20).map((halves) => halves * 50),
    ),
    minutes: fc.oneof(fc.constant(NONE), fc.nat(NONE)),
  })
  .map(({ film, rated, times: [a, b], began, rating, minutes }) => {
    const [first, last] = a === 0 || b === 0 ? [0, 0] : [Math.min(a, b), Math.max(a, b)];
    return [film, rated, first, last, began, minutes * 2 ** 16 + rating];
  });

test('words survive their bytes', () => {
  const newest = (entry: readonly number[]): number => Math.max(entry[1]!, entry[3]!);
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), fc.nat(30), (entries, from) => {
      const sorted = entries.sort((a, b) => newest(a) - newest(b));
      const bytes = new Uint8Array(entries.length * ENTRY_BYTES_MAX);
      const first = Math.min(from, entries.length);
      const length = packHistory(Uint32Array.from(sorted.flat()), first, entries.length, bytes);
      const back = new Uint32Array(entries.length * ENTRY_WORDS);
      const count = unpackHistory(bytes.subarray(0, length), back);
      expect([...back.subarray(0, count * ENTRY_WORDS)]).toEqual(sorted.slice(first).flat());
    }),
  );
});

test('a view reads what LMDB lends: the beginning of a longer buffer, of which only `length` tells', () => {
  const bytes = edit(undefined, [{ film: 9, rating: 100, at: 5 }]);
  const lent = new Uint8Array(100).fill(255);
  lent.set(bytes);
  Object.defineProperty(lent, 'length', { value: bytes.length });
  const view = viewOf(lent);
  expect([view.count, view.film(0), view.rating(0), view.minutes(0)]).toEqual([1, 9, 1, NaN]);
});

test('a cut history is a programmer error', () => {
  const bytes = edit(undefined, [{ film: 300, rating: 100, at: 500 }]);
  expect(() => viewOf(bytes.subarray(0, -1))).toThrow(/middle of an entry/);
});

test('the first and the newest event are of watching and rating together', () => {
  const times = (steps: Step[]): number[] => {
    const view = viewOf(edit(undefined, steps));
    return [view.firstMs(0), view.lastMs(0)];
  };
  const watched = (at: number): Step => ({ film: 1, minutes: 3, at, began: at });
  expect(times([{ film: 1, rating: 300, at: 4 }])).toEqual([4000, 4000]);
  expect(times([watched(6), { film: 1, rating: 300, at: 4 }])).toEqual([4000, 6000]);
  expect(times([watched(2), { film: 1, rating: 300, at: 4 }])).toEqual([2000, 4000]);
  expect(times([watched(2), { film: 1, rating: 300, at: 0 }])).toEqual([2000, 2000]);
});

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ film: fc.nat(6), rating: fc.constantFrom(100, 250, 400, 500), at: fc.nat(9) }),
  fc.record({
    film: fc.nat(6),
    minutes: fc.oneof(fc.nat(120), fc.constant(NONE)),
    at: fc.nat(9),
    began: fc.oneof(fc.nat(9), fc.constant(BEGAN_UNKNOWN)),
  }),
);

const merge = (batches: readonly (readonly Step[])[]): Uint8Array =>
  batches.reduce<Uint8Array>((bytes, steps) => edit(bytes, steps), new Uint8Array());

/** The definition, read off all steps of a film at once. */
function obvious(steps: readonly Step[]): HistoryEntry[] {
  const entries = [...new Set(steps.map(({ film }) => film))].map((film) => {
    const own = steps.filter((candidate) => candidate.film === film);
    const watched = own.filter((s) => 'minutes' in s);
    const times = watched.map(({ at }) => at).filter((at) => at > 0);
    const minutes = watched.map((s) => s.minutes).filter((m) => m !== NONE);
    const began = watched.map((s) => s.began).filter((at) => at > 0);
    const [newest] = own.filter((s) => 'rating' in s).sort((a, b) => b.at - a.at || b.rating - a.rating);
    return {
      film,
      rating: newest === undefined ? NaN : newest.rating / 100,
      rated: newest?.at ?? 0,
      minutes: minutes.length === 0 ? NaN : Math.max(...minutes),
      first: times.length === 0 ? 0 : Math.min(...times),
      last: Math.max(0, ...times),
      began: began.length === 0 ? 0 : Math.min(...began),
    };
  });
  const newest = (entry: HistoryEntry): number => Math.max(entry.last, entry.rated);
  return entries.sort((a, b) => newest(a) - newest(b) || a.film - b.film);
}

describe('merging', () => {
  test('gives what the definition says, however the steps are cut into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 8 }), (batches) => {
        expect(entriesOf(merge(batches))).toEqual(obvious(batches.flat()));
      }),
    );
  });

  test('does not depend on order or repetition', () => {
    const shuffled = fc
      .array(step, { maxLength: 30 })
      .chain((steps) =>
        fc.tuple(fc.constant(steps), fc.shuffledSubarray([...steps, ...steps], { minLength: 2 * steps.length })),
      );
    fc.assert(
      fc.property(shuffled, ([steps, twice]) => {
        expect(merge([twice])).toEqual(merge([steps]));
      }),
    );
  });

  test('tells which films are new, and gives no bytes when nothing changed', () => {
    const added: number[] = [];
    const bytes = edit(
      undefined,
      [
        { film: 1, minutes: 10, at: 1, began: 1 },
        { film: 2, rating: 300, at: 1 },
      ],
      added,
    );
    expect(added).toEqual([1, 2]);
    editor.open(bytes);
    editor.watch(1, 9, 1, 1, 1);
    expect(editor.finish(() => expect.unreachable())).toBeUndefined();
    edit(bytes, [{ film: 3, rating: 300, at: 2 }], added);
    expect(added).toEqual([1, 2, 3]);
  });

  test('what was said of watching can be taken back, the rating stays', () => {
    editor.open(
      edit(undefined, [
        { film: 1, minutes: 90, at: 7, began: 0 },
        { film: 1, rating: 300, at: 9 },
      ]),
    );
    editor.unwatch(1);
    editor.watch(1, 4, 5, 6, 5);
    expect(entriesOf(editor.finish(() => undefined)!)).toEqual([
      { film: 1, rating: 3, rated: 9, minutes: 4, first: 5, last: 6, began: 5 },
    ]);
  });

  test('beyond the capacity the oldest leave first, and are not counted as new', () => {
    const steps = Array.from({ length: 2 * HISTORY_CAPACITY + 3 }, (_, film) => ({ film, rating: 500, at: film + 1 }));
    const added: number[] = [];
    const view = viewOf(edit(undefined, steps.toReversed(), added));
    expect(view.count).toBe(HISTORY_CAPACITY);
    expect(view.film(0)).toBe(HISTORY_CAPACITY + 3);
    expect(view.film(HISTORY_CAPACITY - 1)).toBe(2 * HISTORY_CAPACITY + 2);
    expect(added).toHaveLength(HISTORY_CAPACITY);
  });
});
