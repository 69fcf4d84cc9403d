/** The pointers: which version serves, which one did before, which one is on trial. */

import type { Database } from 'lmdb';

export interface Pointers {
  /** Each names a version by its id, or null while it names none. */
  readonly current: string | null;
  /** What a rollback returns to. */
  readonly previous: string | null;
  readonly candidate: string | null;
}

/** A candidate that is promoted is a candidate no more. */
export function promoted(pointers: Pointers, id: string): Pointers {
  if (pointers.current === id) return pointers;
  const candidate = pointers.candidate === id ? null : pointers.candidate;
  return { current: id, previous: pointers.current, candidate };
}

const names = ['current', 'previous', 'candidate'] as const;

/** The pointer that names `id`, if any. */
export const pointerTo = (pointers: Pointers, id: string): keyof Pointers | undefined =>
  names.find((name) => pointers[name] === id);

export function readPointers(database: Database<string, string>): Pointers {
  const read = (name: keyof Pointers): string | null => database.get(name) ?? null;
  return { current: read('current'), previous: read('previous'), candidate: read('candidate') };
}

/** Inside a write transaction. */
export function writePointers(database: Database<string, string>, pointers: Pointers): void {
  for (const name of names) {
    const id = pointers[name];
    if (id === null) database.removeSync(name);
    else database.putSync(name, id);
  }
}
