import type { ArmSizes, HoldOutReach, MeasuredActions } from '@holdfast/core';
import { columns } from '../text/columns.ts';
import { chance, count, money } from '../text/format.ts';
import type { DrawnHoldOut, EarlierDraws } from './actions-hold-out.ts';

/** The draw as text: both arms, who is exempt by which rule, and what it will be able to show. */
export function holdOutText({ chances, share, earlier, drawn, inAll, exempt, reach }: DrawnHoldOut): string {
  const whose = exempt.byProfile
    ? '`keyAccounts` of the profile'
    : 'the top twentieth of the book; `keyAccounts` in the profile says otherwise';
  return [
    `Drawn now at a share of ${share}: ${count(drawn['hold-out'])} held out, ${count(drawn.treat)} to act on, ${count(drawn.exempt)} exempt; in all ${count(inAll['hold-out'])}, ${count(inAll.treat)} and ${count(inAll.exempt)}.`,
    ...(earlier ? [standing(earlier, share)] : []),
    exempt.from
      ? `Key accounts are never held out: from ${money(exempt.from)} a year on (${whose})${exempt.ids > 0 ? `, and ${count(exempt.ids)} by name` : ''}.`
      : `No recurring value is known, so no account is exempt by value${exempt.ids > 0 ? `; ${count(exempt.ids)} are by name` : ''}.`,
    ...(reach ? reachText(reach) : ['No account has a step to be held out of.']),
    ...(chances.note ? [chances.note] : []),
    'Accounts held out are scored and written as all others; their next step stays the steady one, so that nobody acts because of it.',
  ].join('\n');
}

/** What acting did, or that it is assumed and how many outcomes are missing. */
export function effectText({ record, effect, byDriver, reach, moreOutcomes }: MeasuredActions): string {
  if (!reach)
    return 'The effect of acting is assumed: nothing is held out yet, so run `holdfast actions --hold-out 0.1`.';
  const { outcomes, pending, competing, exempt, acted, heldOutButActed } = record;
  return [
    ...(effect.measured
      ? [
          `Lost when acted on: ${of(effect.treated)}; when left alone: ${of(effect.heldOut)}.`,
          `Acting lowers the rate of loss by ${points(effect.difference)} (90 % interval ${points(effect.interval[0])} to ${points(effect.interval[1])}), by the arm drawn, acted on or not.`,
          ...driverLines(byDriver),
        ]
      : [`The effect of acting is assumed: ${effect.reason}.`]),
    `Outcomes so far: ${count(outcomes.length)}; ${count(pending)} pending, ${count(competing)} ended from outside, ${count(exempt)} exempt. ${count(acted)} of those drawn to act on were acted on, ${count(heldOutButActed)} of the held out all the same.`,
    ...(moreOutcomes && isSome(moreOutcomes)
      ? [
          `To see the assumed effect of ${points(reach.assumedEffect)}: ${count(moreOutcomes.treated)} more outcomes to act on and ${count(moreOutcomes.heldOut)} more held out are needed. Until then effects count as assumed.`,
        ]
      : []),
    ...reachText(reach),
  ].join('\n');
}

/** A draw is never made again: a reader who asks for another share must not believe that it was. */
function standing({ accounts, shares }: EarlierDraws, share: number): string {
  const isOther = shares.some((it) => it !== share);
  const at = isOther ? ` at a share of ${shares.join(' and ')}` : '';
  const stands = `The first assignment stands: ${count(accounts)} accounts were drawn before${at} and stay in their arm`;
  return isOther ? `${stands}; ${share} decides only where new accounts go.` : `${stands}.`;
}

function reachText({ baseRate, assumedEffect, drawn, detectable, needed, more }: HoldOutReach): readonly string[] {
  const smallest =
    detectable.value === null ? `nothing (${detectable.reason})` : `a fall of ${points(detectable.value)} or more`;
  return [
    `With ${count(drawn.treated)} to act on and ${count(drawn.heldOut)} held out at a rate of loss of ${chance(baseRate)} this can show ${smallest}; assumed are ${points(assumedEffect)}.`,
    needed && more
      ? isSome(more)
        ? `The assumed effect asks for ${count(needed.treated)} and ${count(needed.heldOut)}: ${count(more.treated)} and ${count(more.heldOut)} more accounts.`
        : 'These accounts are enough to see the assumed effect.'
      : 'No number of accounts would show the assumed effect.',
  ];
}

function driverLines(byDriver: MeasuredActions['byDriver']): readonly string[] {
  const rows = Object.entries(byDriver).map(
    ([
      driver,
      {
        treated,
        heldOut,
        difference,
        interval: [low, high],
      },
    ]) => [...[driver, of(treated), of(heldOut), points(difference)], `${points(low)} to ${points(high)}`],
  );
  return columns([['proposed', 'acted on', 'left alone', 'less loss', '90 % interval'], ...rows], [3]);
}

const isSome = ({ treated, heldOut }: ArmSizes): boolean => treated + heldOut > 0;
const of = ({ n, lost }: { readonly n: number; readonly lost: number }): string => `${count(lost)} of ${count(n)}`;
const points = (share: number): string => `${(share * 100).toFixed(1)} points`;
