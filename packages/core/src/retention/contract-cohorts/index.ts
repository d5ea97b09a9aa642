export type { ContractCohort } from './contract-cohort.ts';
export { fitBdw, fitSbg } from './fit.ts';
export * from './predict.ts';
export type { BdwModel, RenewalModel, SbgModel } from './renewal-model.ts';
