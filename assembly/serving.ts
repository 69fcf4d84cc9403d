/** The kernels that answer requests. Every function works on addresses in the shared memory that layout.ts draws. */

export { encode } from './encode';
export { prepareQuery } from './query';
export { render } from './render';
export { scan } from './scan';
