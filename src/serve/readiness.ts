/** Whether the service should get traffic, and what speaks against it. */

export interface ReadinessCheck {
  readonly name: string;
  readonly ok: boolean;
  /** For people: what is missing, or what is there. */
  readonly detail: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly ReadinessCheck[];
}

export const readinessOf = (checks: readonly ReadinessCheck[]): Readiness => ({
  ready: checks.every(({ ok }) => ok),
  checks,
});
