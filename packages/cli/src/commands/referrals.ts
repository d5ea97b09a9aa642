import type { RunCommand } from '../commands.ts';
import { REFERRAL_WORK, usage } from './referrals-usage.ts';

const OPTIONS: readonly string[] = Object.values(REFERRAL_WORK).flatMap(({ needs, may }) => [...needs, ...may]);
const LIST: readonly string[] = REFERRAL_WORK.list.may;

/** `holdfast referrals`: the parts of `referralsWork`; without a word it is `list`. */
export const referrals: RunCommand = async (input) => {
  const isBare = input.positional.length === 0;
  const stray = Object.keys(input.options).find((it) => OPTIONS.includes(it) && !LIST.includes(it));
  if (isBare && stray !== undefined) throw usage('say what to do first, such as `holdfast referrals list`.');
  return (await import('./referrals-work.ts')).referralsWork(isBare ? { ...input, positional: ['list'] } : input);
};
