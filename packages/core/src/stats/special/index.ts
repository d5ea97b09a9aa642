export { betaln } from './betaln.ts';
export { digamma, trigamma } from './digamma.ts';
export { hyp2f1, logHyp2f1 } from './hyp2f1.ts';
export { incompleteBeta } from './incomplete-beta.ts';
export { chiSquareQuantile, chiSquareTail, incompleteGamma, incompleteGammaTail } from './incomplete-gamma.ts';
export { lgamma } from './lgamma.ts';
export { log1pExp, logAddExp, logistic, logit, logSumExp } from './log-sum-exp.ts';
export { erf, erfc, normalCdf, normalDensity, normalQuantile, Z90 } from './normal.ts';
