export * from './draw-arms.ts';
export * from './measure-actions.ts';
export * from './next-best-actions.ts';
export * from './playbooks.ts';
export * from './propose-next-step.ts';
export * from './score-account.ts';
export * from './score-slice.ts';
