/** The transports that this machine can run: tests say so when the native one is missing, and leave it out. */

import { loadNative } from '../../src/serve/uws-native.js';

const native = loadNative();
if (!native.ok) console.log(`skipped over uws: ${native.error.message}`);

export const transports: readonly ('uws' | 'node')[] = native.ok ? ['uws', 'node'] : ['node'];
