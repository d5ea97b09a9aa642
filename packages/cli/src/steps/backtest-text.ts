import { type AccuracyCard, type ContenderFigures, evidenceText } from '@holdfast/core';
import { columns } from '../text/columns.ts';
import type { Tested } from './backtest-step.ts';

/** The cards in a few lines each; everything else is in the file. */
export function backtestText({ cards, refused, shadow, files }: Tested): string {
  return [
    ...cards.flatMap(cardLines),
    ...refused.map(({ model, message }) => `${title(model)}: ${message}`),
    `The whole card: ${files.card}`,
    `Who stood red and stayed, or green and left (names; do not hand it on): ${files.names}`,
    ...(shadow.length > 0
      ? [
          'The models fitted on these outcomes run in shadow from now on: `holdfast score` says what they would change, and `holdfast backtest --adopt` takes them into use.',
        ]
      : ['A look from another day or lead: the models in use and in shadow stay as they are.']),
  ].join('\n');
}

const title = (model: AccuracyCard['model']): string =>
  model === 'contract' ? 'Contract accounts' : 'Order-based accounts';

function cardLines(card: AccuracyCard): readonly string[] {
  const { outcomes, rolling, topTenth, calibration, contradicted } = card;
  const captured = topTenth?.lossesCaptured ?? null;
  return [
    `${title(card.model)}: ${card.summary}`,
    `  ${outcomes.decisions} decisions known, ${outcomes.losses} lost, ${outcomes.pending} pending; seen at least ${card.leadDays} days before each; numbers: ${evidenceText(card.evidence, outcomes.decisions)}.`,
    ...(rolling.length > 0
      ? columns([['  predicted by', 'log-loss', 'skill', 'AUC (90 %)'], ...rolling.map(contenderCells)], [1, 2])
      : []),
    ...(calibration?.slope
      ? [
          `  Calibration slope ${calibration.slope.value.toFixed(2)} (${calibration.slope.low.toFixed(2)} to ${calibration.slope.high.toFixed(2)}); ${calibration.predictedLosses.toFixed(0)} losses predicted.`,
        ]
      : []),
    ...(captured !== null
      ? [
          `  The tenth with the highest scores held ${(captured * 100).toFixed(0)} % of the losses.${topTenth?.revenueNote ? ` ${topTenth.revenueNote}` : ''}`,
        ]
      : []),
    ...(contradicted.length > 0
      ? [`  Points that the outcomes argue against: ${contradicted.map(({ feature }) => feature).join(', ')}.`]
      : []),
    ...card.notes.filter((note) => note.startsWith('The points')).map((note) => `  ${note}`),
    '',
  ];
}

function contenderCells({ contender, logLoss, logLossSkill, auc }: ContenderFigures): string[] {
  const skill = logLossSkill === null ? '-' : logLossSkill.toFixed(3);
  const area = auc ? `${auc.value.toFixed(3)} (${auc.low.toFixed(3)} to ${auc.high.toFixed(3)})` : '-';
  return [`  ${contender}`, logLoss.toFixed(4), skill, area];
}
