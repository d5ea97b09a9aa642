export type { SurveyAnswer, SurveyWindow } from './account-answers.ts';
export * from './nps.ts';
export * from './satisfaction.ts';
