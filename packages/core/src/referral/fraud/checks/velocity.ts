import { DAY_MS, type Instant } from '../../../model/dates.ts';
import { fraudCheck } from '../fraud-check.ts';

/** More than 5 claims within an hour, 20 within a day, or 6 and five times the usual number of a participant known for long enough. */
export const velocity = fraudCheck({
  id: 'velocity',
  title: 'Velocity and burst',
  inputs: ['claim', 'claimTimes', 'limits'],
  from: "days of the participant's claims in the journal",
  about: 'reward',
  action: 'hold',
  severity: 'medium',
  reason: 'fraud_check',
  explanation: 'The participant claims far more introductions in a short time than usual.',
  appeal: 'The participant tells the owner of the program where the introductions come from, such as an event.',
  ifWrong: 'A list from an event or a partner: release the rewards, or switch the check off for the participant.',
  expiresAfterDays: 30,
  find({ claim, claimTimes, limits }) {
    const at = claim.claimedAt;
    const inHour = countWithin(claimTimes, at - DAY_MS / 24, at);
    if (inHour > limits.claimsPerHour) return { evidence: { hours: 1, claims: inHour, limit: limits.claimsPerHour } };
    const inDay = countWithin(claimTimes, at - DAY_MS, at);
    if (inDay > limits.claimsPerDay) return { evidence: { hours: 24, claims: inDay, limit: limits.claimsPerDay } };
    const usual = claimsPerDay(claimTimes, at - DAY_MS, limits.baselineDays);
    const bursts = usual !== null && inDay >= limits.burstClaims && inDay > limits.burstTimes * usual;
    return bursts ? { evidence: { hours: 24, claims: inDay, usualPerDay: Math.round(usual * 100) / 100 } } : null;
  },
});

/** The mean of the days before; `null` for a participant who has not claimed for that long. */
function claimsPerDay(times: readonly Instant[], upTo: Instant, days: number): number | null {
  const from = upTo - days * DAY_MS;
  const first = times[0];
  return first === undefined || first > from ? null : countWithin(times, from, upTo) / days;
}

/** How many of the ascending instants lie after `after` and not after `upTo`. */
function countWithin(times: readonly Instant[], after: Instant, upTo: Instant): number {
  return countUpTo(times, upTo) - countUpTo(times, after);
}

function countUpTo(times: readonly Instant[], at: Instant): number {
  let low = 0;
  for (let high = times.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
