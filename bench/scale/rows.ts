/** The rows of a larger world beside the standard one, each with the numbers that explain its growth. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { policyNames } from '../../src/engine/policy.js';
import { planResidence } from '../../src/engine/residence.js';
import type { Rounds } from '../harness/rounds.js';
import { digits, figureRow, type Figure, type Row } from '../harness/rows.js';
import { ID_BYTES, type World, type WorldSize } from '../harness/world.js';

export interface Subject {
  readonly world: World;
  /** CPU µs a request, without a server; one value a round, like the rest. */
  readonly computation: readonly number[];
  /** Seconds to readiness. */
  readonly starts: readonly number[];
  readonly served: Rounds;
  /** Resident bytes after the load. */
  readonly anonymous: number;
  readonly file: number;
  /** Of the lists that were computed again in the slow way. */
  readonly differing: number;
}

const MIB = 2 ** 20;

/** What the kernels read of a model, in bytes; the part of a batch in flight is left out. */
const imageBytes = ({ films, dimensions }: WorldSize): number =>
  planResidence(
    { items: films, trained: films, dimensions, coldColumns: 0, idBytes: films * ID_BYTES, films, slabs: 0 },
    policyNames,
  ).bytes;

const cells = ({ films, dimensions }: WorldSize): number => films * dimensions;
const stateBytes = ({ dataDir }: World): number => statSync(join(dataDir, 'state/data.mdb')).size;
const registryBytes = ({ modelsDir }: World): number => statSync(join(modelsDir, 'data.mdb')).size;

export function rowsOf(title: string, large: Subject, standard: Subject): Row[] {
  const size = large.world.size;
  const shape = `${size.films} films × ${size.dimensions}, ${size.users} users`;
  const row = (what: string, unit: string, note: string, figure: Omit<Figure, 'name' | 'unit' | 'note'>): Row =>
    figureRow({ name: `${title}: ${what}`, unit, note, ...figure });
  const both = (of: (subject: Subject) => readonly number[]) => ({ ours: of(large), peer: of(standard) });
  const each = (of: (world: World) => number) => both(({ world }) => [of(world)]);

  const times = cells(size) / cells(standard.world.size);
  const perCell = ({ computation, world }: Subject): number[] =>
    computation.map((us) => (1e6 * us) / cells(world.size));
  const perUser = stateBytes(large.world) / size.users;
  const images = [large, standard].map(({ world }) => digits(imageBytes(world.size) / MIB));
  return [
    row(
      'computation',
      'CPU µs a request',
      `${digits(times)} times the films × dimensions`,
      both((s) => s.computation),
    ),
    row('computation a film and dimension', 'CPU ps', 'what is left of it is not the scan', both(perCell)),
    row(
      'CPU',
      'CPU µs a request',
      shape,
      both((s) => s.served.cpu),
    ),
    row('rate', 'requests/s', shape, { ...both((s) => s.served.rate), better: 'higher' }),
    row(
      'start to ready',
      's',
      `${digits(times)} times the model, ${size.users} histories whose viewers are counted`,
      both((s) => s.starts),
    ),
    row(
      'anonymous memory',
      'MiB',
      `the model's image takes ${images.join(', the standard one ')}`,
      both((s) => [s.anonymous / MIB]),
    ),
    row(
      'resident pages of files',
      'MiB',
      'of the state what was read',
      both((s) => [s.file / MIB]),
    ),
    row(
      'state on disk',
      'MiB',
      `${digits(perUser)} bytes a user with ${size.length} films`,
      each((w) => stateBytes(w) / MIB),
    ),
    row(
      'registry on disk',
      'MiB',
      `two versions of ${digits((4 * cells(size)) / MIB)} MiB of items`,
      each((w) => registryBytes(w) / MIB),
    ),
    row('lists other than the exact ones', 'lists', shape, { ours: [large.differing], bar: 0 }),
    row('failures', 'requests', shape, { ours: [large.served.failures], bar: 0 }),
  ];
}
