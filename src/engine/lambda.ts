/** The one regularisation of a least-squares row, for training and for the fold-in. */

/** λ of a row: reg·(Σ αw + rows of the other side)^regScaling, registry/model.ts. */
export function lambdaOf(alpha: number, reg: number, regScaling: number, weightSum: number, otherRows: number): number {
  return regScaling === 0 ? reg : reg * (alpha * weightSum + otherRows) ** regScaling;
}
