/** Brings what a batch says of one user into the state: minutes watched, ratings, the new account. */

import { WAIT_FOR_SCALE } from '../../store/held.js';
import type { HistoryEditor } from '../../store/history-editor.js';
import type { State } from '../../store/state.js';
import type { Batch } from './batch.js';
import type { HeldLines } from './held-lines.js';
import type { KnownIds } from './known-ids.js';
import { acceptedTally, DUPLICATES } from './outcomes.js';
import { isOnScale, type Scale } from './rating-scale.js';
import type { UserRows } from './user-groups.js';
import type { Verdicts } from './verdicts.js';
import { NOTHING } from './viewing-table.js';
import type { Viewings } from './viewings.js';

export interface UserLinesParts {
  readonly state: State;
  readonly batch: Batch;
  readonly held: HeldLines;
  readonly verdicts: Verdicts;
  readonly known: KnownIds;
  readonly viewings: Viewings;
}

export class UserLines {
  readonly #parts: UserLinesParts;

  constructor(parts: UserLinesParts) {
    this.#parts = parts;
  }

  apply(rows: UserRows, scale: Scale, nowMs: number): void {
    const { state, batch, known, viewings } = this.#parts;
    if (!known.isUser(rows.user)) {
      this.#await(rows, nowMs);
      return;
    }
    if (rows.viewings.length + rows.ratings.length > 0) {
      state.histories.edit(rows.user, (editor) => {
        for (const head of rows.viewings) {
          viewings.settle(batch, { editor, user: rows.user, film: batch.viewings.film(head) }, head);
        }
        for (const rating of rows.ratings) this.#rate(editor, rating, scale);
      });
    }
    for (const creation of rows.creations) this.#create(creation);
    known.refetch(rows.user, nowMs);
  }

  #await(rows: UserRows, nowMs: number): void {
    const { batch, known, verdicts } = this.#parts;
    const watched = [...this.#watched(rows)];
    // Watched minutes were counted as accepted when they were read.
    verdicts.count(acceptedTally('watch'), -watched.length);
    const lines = [
      ...watched,
      ...rows.ratings.map((rating) => batch.ratings[rating]!.line),
      ...rows.creations.map((creation) => batch.creations[creation]!.line),
    ];
    for (const line of lines) known.await('user', String(rows.user), batch.lineAt(line), nowMs);
  }

  *#watched({ viewings }: UserRows): Iterable<number> {
    const { batch } = this.#parts;
    const table = batch.viewings;
    for (const head of viewings) {
      for (let row = head; row !== NOTHING; row = table.next(row)) yield* batch.linesBack(table.newestLine(row));
    }
  }

  #rate(editor: HistoryEditor, index: number, scale: Scale): void {
    const { batch, held, verdicts } = this.#parts;
    const { film, rating, seconds, line } = batch.ratings[index]!;
    if (!isOnScale(rating, scale)) {
      held.hold(batch.lineAt(line), 'rating-scale', WAIT_FOR_SCALE);
      return;
    }
    editor.rate(film, rating * 100, seconds);
    verdicts.count(acceptedTally('rate'), 1);
  }

  #create(index: number): void {
    const { state, batch, verdicts } = this.#parts;
    const { user, timeMs } = batch.creations[index]!;
    const before = state.users.get(user)?.createdMs ?? 0;
    if (before === timeMs) verdicts.count(DUPLICATES, 1);
    else if (before === 0 || timeMs < before) state.users.put(user, { createdMs: timeMs });
    verdicts.count(acceptedTally('create'), 1);
  }
}
