/** What has been started, to be ended in the opposite order: once, also when starting stopped half-way. */

type Step = () => unknown;

export interface Teardown {
  add(step: Step): void;
  run(): Promise<void>;
}

export function createTeardown(): Teardown {
  const steps: Step[] = [];
  return {
    add: (step) => steps.push(step),
    async run() {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) await step();
    },
  };
}
