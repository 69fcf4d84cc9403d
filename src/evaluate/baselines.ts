/** The simple rules that every model is held against, by the names of their contenders. */

/** Of all times: what is not above it is not chosen. Every comparison has it. */
export const baseline = 'popularity';

/** Of late: a rule that many models lose to. */
export const recentBaseline = 'recent popularity';

/** Of the user's age and gender. */
export const groupBaseline = 'popularity by age and gender';

/** They ask nobody what they like. */
export const simpleRules: readonly string[] = [baseline, recentBaseline, groupBaseline];
