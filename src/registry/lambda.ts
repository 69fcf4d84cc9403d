/** The one regularisation of a least-squares row, for training, for the fold-in and for what is made of one. */

/** λ of a row: reg·(Σ αw + rows of the other side)^regScaling, as model.ts has it. */
export function lambdaOf(alpha: number, reg: number, regScaling: number, weightSum: number, otherRows: number): number {
  return regScaling === 0 ? reg : reg * (alpha * weightSum + otherRows) ** regScaling;
}
