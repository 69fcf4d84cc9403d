/** Lets a few tasks run at once, keeps some more waiting in order, and turns the rest away. */

export interface Gate {
  /** Undefined, and the task never begun, when as many wait as may. */
  run<T>(task: () => Promise<T>): Promise<T> | undefined;
}

export function createGate(runningMax: number, waitingMax: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function turn<T>(task: () => Promise<T>): Promise<T> {
    if (running < runningMax) running++;
    // Whoever ends hands its place on, so that the number of those running does not change.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  }

  return {
    run: (task) => (running >= runningMax && waiting.length >= waitingMax ? undefined : turn(task)),
  };
}
