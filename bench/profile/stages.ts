/** The stages of a request in the order of its flow: which frames of a profile belong to each, and what bounds it. */

/** Scoring workers do the same, so they share a lane; `beside` is what no single request asks for. */
export type Lane = 'main' | 'worker' | 'beside';

export interface Stage {
  readonly name: string;
  readonly lane: Lane;
  /** What happens, in a few words. */
  readonly what: string;
  readonly bound: string;
  /**
   * Where its frames come from: a file of src or assembly, a whole room, a package or a module of Node; `file:function` is
   * for one function and goes first. A frame that no stage names, such as a native one, belongs to its caller's stage.
   */
  readonly frames: readonly string[];
}

/** CPU time of a thread for which V8 has no frame: system calls, native code outside JavaScript, falling asleep and waking. */
export const UNNAMED: Readonly<Record<'main' | 'worker', string>> = { main: 'network', worker: 'take and give back' };
export const GARBAGE = 'garbage collection';
/** Functions that sleep where V8 sees no sleep, in Atomics.wait: their samples say nothing of CPU time. */
export const SLEEPERS: readonly string[] = ['engine/ring:sleep'];
/** Frames of no stage, called by none. */
export const ELSEWHERE = 'other JavaScript';
export const OTHER_THREADS = 'other threads';

export const STAGES: readonly Stage[] = [
  {
    name: UNNAMED.main,
    lane: 'main',
    what: 'wait for it, receive, parse HTTP',
    bound: 'system calls: one receive a request and one wait a turn of the loop; native code',
    frames: [],
  },
  {
    name: 'accept',
    lane: 'main',
    what: 'route, user id, arm',
    bound: 'calls from native code into JavaScript and strings made for them; the objects of a request',
    frames: ['serve/uws:answer', 'serve/uws:UwsExchange', 'serve/routes', 'serve/recommend', 'serve/assign', 'world'],
  },
  {
    name: 'hand over',
    lane: 'main',
    what: 'slot, ring, wake a sleeper',
    bound: 'waking a worker is a system call, needed only when it sleeps; cache lines that two cores share',
    frames: [
      'engine/dispatcher',
      'engine/ring',
      'engine/pool',
      'engine/residents',
      'piscina',
      'node:internal/per_context/messageport',
    ],
  },
  {
    name: UNNAMED.worker,
    lane: 'worker',
    what: 'wake, take, report, sleep',
    bound: 'the system calls of sleeping, waking and telling a sleeping main thread: a batch shares them',
    frames: ['engine/worker', 'engine/responder', 'engine/ring', 'piscina'],
  },
  {
    name: 'read history',
    lane: 'worker',
    what: 'LMDB → lane',
    bound: 'pages of the tree out of the cache; films × bytes of the history',
    frames: [
      'store',
      'engine/lane',
      'engine/profile-taste',
      'engine/answerer',
      'dataset/weight',
      'lmdb',
      'ordered-binary',
    ],
  },
  {
    name: 'fold in',
    lane: 'worker',
    what: 'history → user vector',
    bound: 'arithmetic: n²·d for the Gram matrix of n films and n³/3 to solve it',
    frames: [
      ...['engine/batch', 'engine/strangers', 'registry/lambda', 'cold'],
      ...['assembly/encode', 'assembly/gram', 'assembly/cholesky'],
    ],
  },
  {
    name: 'scan',
    lane: 'worker',
    what: 'score every film that could rank',
    bound: 'integer dot products; how early the bound of a block shows that no film in it can rank',
    frames: ['assembly/query', 'assembly/scan', 'assembly/exact', 'assembly/candidates'],
  },
  {
    name: 'rank',
    lane: 'worker',
    what: 'the policy chooses',
    bound: 'what the policy does',
    frames: ['engine/policy', 'engine/explore', 'engine/answerer:rank'],
  },
  {
    name: 'render',
    lane: 'worker',
    what: 'rows → film ids',
    bound: 'bytes of the body, copied',
    frames: ['assembly/render'],
  },
  {
    name: 'send',
    lane: 'main',
    what: 'headers, body, count it',
    bound: 'one send a request in the kernel, most of it; headers and body into native code; the metrics',
    frames: [
      'engine/dispatcher:answer',
      'serve/recommend:#send',
      'serve/recommend:answered',
      'serve/recommend:missed',
      'serve/uws:send',
      'serve/uws:#write',
      'serve/request-id',
      'serve/ladder',
      'observe',
    ],
  },
  {
    name: GARBAGE,
    lane: 'beside',
    what: 'of all JavaScript threads',
    bound: 'objects made a request and a batch',
    frames: [],
  },
  {
    name: ELSEWHERE,
    lane: 'beside',
    what: 'timers, what no stage names',
    bound: 'what runs by the clock: readiness, metrics, the registry',
    frames: [],
  },
  {
    name: OTHER_THREADS,
    lane: 'beside',
    what: 'V8 and libuv beside ours',
    bound: 'compilation, parallel garbage collection, the thread pool',
    frames: [],
  },
];
