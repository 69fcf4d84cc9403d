/** How much one interaction says about a user's taste: the same function in training and in serving. */

/**
 * 1 for every interaction. Who chose a film told us something; how much more a long viewing or a high rating tells
 * depends on the site's scale (1–5, then 1–10) and on running times, and is not weighed until a measurement on held-out
 * data shows that it helps. Both arguments are NaN when unknown.
 */
export const interactionWeight = (_rating: number, _minutes: number): number => 1;
