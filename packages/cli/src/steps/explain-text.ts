import {
  type Account,
  ASSUMED_BELOW,
  basisText,
  cardText,
  displayName,
  FEATURES,
  inUnit,
  type LastCard,
  type ScoredAccount,
} from '@holdfast/core';
import { columns } from '../text/columns.ts';
import { chance, money, signed, words } from '../text/format.ts';
import { type MovedSince, movementText } from './movement-text.ts';

/** Everything behind one score, driver by driver, in aligned columns. */
export function explainText(
  account: Pick<Account, 'id' | 'name'>,
  score: ScoredAccount['score'],
  { moved, card }: { readonly moved: MovedSince; readonly card: LastCard | null },
): string {
  const [low, high] = score.interval;
  const drivers = score.drivers.map(({ feature, title, value, reference, logOdds, probability, assumed }) => {
    const unit = FEATURES.find(({ id }) => id === feature)?.unit ?? 'count';
    const points = probability * 100;
    return [
      title,
      value === null ? 'not known' : inUnit(value, unit),
      `neutral ${inUnit(reference, unit)}`,
      signed(logOdds, 2),
      logOdds === 0 ? '' : `${signed(points, 1)} points of risk`,
      assumed && logOdds !== 0 ? 'assumed' : '',
    ];
  });
  const known = score.drivers.filter(({ value }) => value !== null).length;
  const titles = score.missing.map((id) => FEATURES.find((feature) => feature.id === id)?.title ?? id);
  return [
    `${displayName(account)} (${account.id})`,
    `Score ${score.healthScore ?? 'not given (too little is known)'}, ${words(score.band)}${score.bandSince ? ` since ${score.bandSince}` : ''}; model ${score.modelVersion}.`,
    `Chance of loss within ${score.horizonDays} days: ${chance(score.churnProbability)} (90 % interval ${chance(low)} to ${chance(high)}); confidence ${score.confidence}: ${basis(score, card)}.`,
    ...contraction(score),
    `Revenue at risk in that time: ${score.revenueAtRisk ? money(score.revenueAtRisk) : 'value not known'}.`,
    `Known: ${known} of ${known + score.missing.length} drivers.`,
    'Log-odds of loss, and by how much the chance would fall if that driver alone were neutral:',
    ...columns(
      [['Base', '', '', signed(score.baseLogOdds, 2)], ...drivers, ['Sum', '', '', signed(score.logOdds, 2)]],
      [1, 3],
    ),
    ...(score.drivers.some(({ assumed, logOdds }) => assumed && logOdds !== 0)
      ? [
          `assumed: fewer than ${ASSUMED_BELOW} outcomes of this book knew that driver, so its weight is mostly the points as they were set.`,
        ]
      : []),
    ...(titles.length > 0
      ? [`Not known${score.outcomes.decisions === 0 ? ', so neutral' : ''}: ${titles.join(', ')}.`]
      : []),
    ...movementText(moved),
    `Next: ${score.nextStep}`,
  ].join('\n');
}

function basis(score: ScoredAccount['score'], card: LastCard | null): string {
  const held = score.outcomes.decisions > 0 || card !== null;
  return held ? `${basisText(score)}; ${cardText(score.proved, card)}` : basisText(score);
}

function contraction({ contraction: it }: ScoredAccount['score']): readonly string[] {
  if (it === null) return [];
  const loss = it.expectedLoss ? `, expected to cost ${money(it.expectedLoss)}` : '';
  return [`Chance of getting smaller if it stays: ${chance(it.probability)}, by ${chance(it.expectedShare)}${loss}.`];
}
