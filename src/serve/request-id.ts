/** Request ids: unique across restarts and replicas, cheap to make, short to read. */

import { randomBytes } from 'node:crypto';

const process = randomBytes(6).toString('base64url');
let sequence = 0;

/** E.g. `kX2b9QwR-1a`: which process, which request. */
export const nextRequestId = (): string => `${process}-${(sequence++).toString(36)}`;
