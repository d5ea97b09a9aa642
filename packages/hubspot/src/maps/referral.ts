import { unavailable } from './rules.ts';

/** Objects of one's own exist from Enterprise up. */
export const referral = unavailable('This portal has no object for referrals: the deal carries state and credit');
