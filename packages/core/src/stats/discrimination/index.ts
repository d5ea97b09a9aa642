export { auc } from './auc.ts';
export { type AucEstimate, aucInterval } from './auc-interval.ts';
export { averagePrecision } from './average-precision.ts';
export { type CampaignProfit, type CampaignTerms, empc, mpc } from './campaign-profit.ts';
export { empb, type ValueCampaign } from './empb.ts';
export { brier, logLoss, type SkillScores, skillScores } from './proper-scores.ts';
export { type TopCapture, topCapture } from './top-capture.ts';
