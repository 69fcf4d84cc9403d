/** Waiting for something that others may bring about at any moment. */

/** Until what `offer` is given is called, but no longer than `waitMs`. */
export function pause(waitMs: number, offer: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    offer(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
