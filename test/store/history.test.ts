/** The packed history: its bytes, and merging against an obvious twin that remembers every event. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BEGAN_UNKNOWN,
  decodeHistory,
  ENTRY_BYTES,
  HISTORY_CAPACITY,
  HistoryView,
  NONE,
  type HistoryEntry,
} from '../../src/store/history-codec.js';
import { HistoryEditor } from '../../src/store/history-editor.js';

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

const entriesOf = (bytes: Uint8Array): HistoryEntry[] => decodeHistory(new HistoryView(bytes));

test('the layout is the one that is drawn', () => {
  const bytes = edit(undefined, [
    { film: 1, rating: 450, at: 2 },
    { film: 1, minutes: 7, at: 3, began: 0xfffffffe },
    { film: 1, minutes: NONE, at: 0xffffffff, began: 0 },
  ]);
  expect(Buffer.from(bytes).toString('hex')).toBe(
    '01000000' + '02000000' + '03000000' + 'ffffffff' + 'feffffff' + 'c201' + '0700',
  );
  expect(entriesOf(bytes)).toEqual([
    { film: 1, rating: 4.5, rated: 2, minutes: 7, first: 3, last: 0xffffffff, began: 0xfffffffe },
  ]);
});

test('a view reads the middle of a longer buffer, and moves', () => {
  const bytes = edit(undefined, [{ film: 9, rating: 100, at: 5 }]);
  const lent = new Uint8Array(ENTRY_BYTES + 20);
  lent.set(bytes, 7);
  const view = new HistoryView(new Uint8Array()).moveTo(lent.subarray(7, 7 + ENTRY_BYTES));
  expect([view.count, view.film(0), view.rating(0), view.minutes(0)]).toEqual([1, 9, 1, NaN]);
});

test('a cut history is a programmer error', () => {
  expect(() => new HistoryView(new Uint8Array(ENTRY_BYTES + 1))).toThrow(/no multiple/);
});

test('the first and the newest event are of watching and rating together', () => {
  const times = (steps: Step[]): number[] => {
    const view = new HistoryView(edit(undefined, steps));
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
    const view = new HistoryView(edit(undefined, steps.toReversed(), added));
    expect(view.count).toBe(HISTORY_CAPACITY);
    expect(view.film(0)).toBe(HISTORY_CAPACITY + 3);
    expect(view.film(HISTORY_CAPACITY - 1)).toBe(2 * HISTORY_CAPACITY + 2);
    expect(added).toHaveLength(HISTORY_CAPACITY);
  });
});
