/** The look-up APIs of the site, answering as fast as they can: a process of its own, which tells its URL and ends with its parent. */

import { startApiStandIn } from '../../src/sim/api/stand-in.js';
import { createSite } from './log.js';

const api = await startApiStandIn(createSite());
process.send!(api.url);
process.once('disconnect', () => {
  void api.close();
});
