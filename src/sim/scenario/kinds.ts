/** Every fault and attack by its name. */

import { apiFaults } from './api-faults.js';
import { attacks } from './attacks.js';
import type { Kind } from './kind.js';
import { logFaults } from './log-faults.js';
import { requests } from './requests.js';
import { shifts } from './shifts.js';

/** In the order of the reference. */
export const kindGroups: Readonly<Record<string, readonly Kind[]>> = {
  'The log': logFaults,
  'The look-up APIs': apiFaults,
  Requests: requests,
  'The site and its viewers': shifts,
  Attacks: attacks,
};

export const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.values(kindGroups)
    .flat()
    .map((kind) => [kind.name, kind]),
);
