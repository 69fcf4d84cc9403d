/**
 * The places of the requests in flight, in shared memory: what is asked and what was answered. The main thread fills a slot
 * and pushes its address into a worker's ring; the worker leaves status and body there.
 *
 *   offset  0       8        12      16        20        24       32
 *           ┌───────┬────────┬───────┬─────────┬─────────┬────────┬──────────────┐
 *           │ user  │ model  │ view  │ policy  │ status  │ bytes  │ body         │
 *           │ f64   │ u32    │ u32   │ u32     │ u32     │ u32    │ u8 [5120]    │
 *           └───────┴────────┴───────┴─────────┴─────────┴────────┴──────────────┘
 */

import { BODY_MAX } from '../../assembly/layout.js';

export const SLOT_USER = 0;
export const SLOT_MODEL = 8; // address of the image
export const SLOT_VIEW = 12; // address of the policy's view of it
export const SLOT_POLICY = 16; // index in policyNames
export const SLOT_STATUS = 20; // STATUS_*
export const SLOT_BODY_BYTES = 24;
export const SLOT_BODY = 32;
/** A multiple of 64. */
export const SLOT_BYTES = 64 * Math.ceil((SLOT_BODY + BODY_MAX) / 64);
