/** The registry: immutable model versions and the pointers that say which of them serves. */

import type { MatineeError, Result } from '../core/errors.js';
import type { Manifest, VersionFacts } from './manifest.js';
import type { Model } from './model.js';

/** What each pointer names: a version's id, or null while it names none. */
export interface Pointers {
  readonly current: string | null;
  /** What `rollback` returns to. */
  readonly previous: string | null;
  readonly candidate: string | null;
}

export interface Promotion {
  readonly pointers: Pointers;
  /** False when the version was current already, so that nothing moved. */
  readonly changed: boolean;
}

export interface Listing {
  /** Newest first. */
  readonly versions: readonly Manifest[];
  /** Versions whose manifest cannot be read, each with the reason. */
  readonly damaged: readonly { readonly id: string; readonly error: MatineeError }[];
}

/**
 * Reads are synchronous and see what any process committed before this event-loop turn. A thread that never returns to
 * its event loop calls `refresh` first. Writes wait for the write lock of other processes off the main thread.
 */
export interface Registry {
  list(): Listing;
  /** Errors: version-unknown, version-corrupt (the manifest does not agree with itself). */
  manifest(id: string): Result<Manifest>;
  /** Validates, then stores: a version is visible only when it is whole. Errors: version-invalid. */
  write(model: Model, facts: VersionFacts): Promise<Result<Manifest>>;
  /**
   * The bytes of one tensor, checked against the manifest; `into`, when given, must have exactly its length and may lie
   * in shared memory. After an error the content of `into` is undefined. Errors: version-unknown, version-corrupt.
   */
  readTensor(id: string, name: string, into?: Uint8Array): Result<Uint8Array>;
  /** The whole model, bytes verified and values validated. Errors: version-unknown, version-corrupt, version-invalid. */
  load(id: string): Result<Model>;

  pointers(): Pointers;
  /** Loads the version first, so that a damaged one never becomes current; then `current` moves and sets `previous`. */
  promote(id: string): Promise<Result<Promotion>>;
  /** Swaps `current` and `previous`, after loading the latter. Errors: pointer-unset, and those of `load`. */
  rollback(): Promise<Result<Promotion>>;
  /** Null clears it. Errors: those of `load`. */
  setCandidate(id: string | null): Promise<Result<Pointers>>;
  /** Errors: version-unknown, version-in-use (naming the pointer). */
  remove(id: string): Promise<Result<void>>;

  refresh(): void;
  close(): Promise<void>;
}

/** Opens the LMDB environment in `folder`, making it when it is missing. Errors: file-unreadable, format-invalid. */
export function openRegistry(folder: string, options?: { readOnly?: boolean }): Result<Registry>;
export function openRegistry(folder: string): Result<Registry> {
  throw new Error(`not written yet: ${folder}`);
}
