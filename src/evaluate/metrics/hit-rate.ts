/** HR@k: whether the list holds any relevant item. */

import type { Hits } from './hits.js';

export const hitRate = ({ places }: Hits): number => (places.length > 0 ? 1 : 0);
