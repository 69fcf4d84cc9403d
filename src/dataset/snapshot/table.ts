/** What a table of a snapshot is: named, typed columns, its rows out of a state, and the way back. */

import type { State } from '../../store/state.js';

/** How a value of each type is handed over. */
interface Values {
  readonly int32: number;
  readonly int64: bigint;
  readonly float: number;
  readonly double: number;
  readonly boolean: boolean;
  /** Milliseconds since 1970, UTC. */
  readonly timestamp: number;
  readonly string: string;
  readonly strings: readonly string[];
  readonly binary: Uint8Array;
}

export type BaseType = keyof Values;

/** With a question mark: may be null. */
export type ColumnType = BaseType | `${BaseType}?`;

/** In the order of the file. */
export type Columns = Readonly<Record<string, ColumnType>>;

type ValueOf<Type extends ColumnType> = Type extends `${infer Base extends BaseType}?`
  ? Values[Base] | null
  : Type extends BaseType
    ? Values[Type]
    : never;

export type Row<Of extends Columns = Columns> = { readonly [Name in keyof Of]: ValueOf<Of[Name]> };

export interface Table<Of extends Columns = Columns> {
  /** Of its file, without `.parquet`. */
  readonly name: string;
  readonly columns: Of;
  /** In an order that depends on the state alone; to be taken without a return to the event loop. */
  rows(state: State): Iterable<Row<Of>>;
  /** Joins a stretch of its rows into a state, inside a transaction; stretch after stretch in the order of the file. */
  restore(state: State, rows: Iterable<Row<Of>>): void;
}
