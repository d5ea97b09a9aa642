import { FEATURES } from '../../features/all-features.ts';
import type { FactId } from '../../features/facts.ts';
import { evidenceText } from '../evidence-text.ts';
import type { AccuracyCard, CardCalibration, ContenderFigures, Estimate } from './accuracy-card.ts';

/** The accuracy card as Markdown: counts and figures, no names, so that it may be handed on. */
export function cardMarkdown(card: AccuracyCard): string {
  const parts = [
    `# Accuracy card: ${card.model === 'contract' ? 'contract accounts' : 'order-based accounts'}, ${card.on}`,
    `**${card.summary}**`,
    outcomes(card),
    contenders('On decisions not seen before, all quarters', card.rolling),
    card.testSlice
      ? contenders(`The latest slice, cut-offs ${card.testSlice.fromOn} to ${card.testSlice.toOn}`, card.test)
      : '',
    calibration('Calibration', card.calibration),
    calibration('Calibration of accounts that nobody acted on', card.untreated),
    topTenth(card),
    leads(card),
    contradicted(card),
    owners(card),
    challenger(card),
    leftOut(card),
    card.notes.map((it) => `- ${it}`).join('\n'),
  ];
  return `${parts.filter((it) => it !== '').join('\n\n')}\n`;
}

function outcomes({ outcomes: it, history, evidence, leadDays, treatedDecisions }: AccuracyCard): string {
  const grace = it.byGraceDays.map(({ graceDays, losses }) => `${losses} with ${graceDays} days of grace`).join(', ');
  return [
    `- Decisions known: ${it.decisions}; lost ${it.losses}${share(it.baseRate)}; kept but smaller ${it.contractions}; still pending ${it.pending}.`,
    ...(grace ? [`- Losses: ${grace}.`] : []),
    `- History: ${history.fromOn ?? 'none'} to ${history.toOn ?? 'none'}. Seen at least ${leadDays} days before each decision (orders: before each window).`,
    `- The score's numbers: ${evidenceText(evidence, it.decisions)}. Decisions that somebody acted on: ${treatedDecisions}.`,
  ].join('\n');
}

const share = (value: number | null): string => (value === null ? '' : ` (${percent(value)})`);

function contenders(title: string, figures: readonly ContenderFigures[]): string {
  if (figures.length === 0) return '';
  const rows = figures.map((it) => [
    it.contender,
    `${it.decisions}`,
    `${it.losses}`,
    it.logLoss.toFixed(4),
    skill(it.logLossSkill),
    it.brier.toFixed(4),
    skill(it.brierSkill),
    estimate(it.auc, 3),
  ]);
  return `## ${title}\n\n${table(
    ['predicted by', 'decisions', 'lost', 'log-loss', 'skill', 'Brier', 'skill', 'AUC (90 %)'],
    rows,
  )}\n\nSkill is against the base rate: 0 is no better, 1 is perfect.`;
}

function calibration(title: string, it: CardCalibration | null): string {
  if (it === null || it.bins.length === 0) return '';
  const rows = it.bins.map(({ decisions, predicted, losses, observed }) => [
    `${decisions}`,
    percent(predicted),
    `${losses}`,
    `${percent(observed.value)} (${percent(observed.low)} to ${percent(observed.high)})`,
  ]);
  const observed = it.bins.reduce((sum, { losses }) => sum + losses, 0);
  return [
    `## ${title}`,
    `Slope ${estimate(it.slope, 2)} (1 is right), intercept ${estimate(it.intercept, 2)} (0 is right). Expected calibration error ${it.ece.toFixed(3)}; chance alone shows ${it.eceWhenPerfect.toFixed(3)} at this size. Predicted losses ${it.predictedLosses.toFixed(1)}, observed ${observed}.`,
    table(['decisions', 'predicted', 'lost', 'observed (90 %)'], rows),
  ].join('\n\n');
}

function topTenth({ topTenth: it }: AccuracyCard): string {
  if (it === null) return '';
  const lost = it.lossesCaptured === null ? 'no loss' : `${percent(it.lossesCaptured)} of the losses`;
  const revenue = it.revenueCaptured === null ? '' : ` and ${percent(it.revenueCaptured)} of the revenue that was lost`;
  const lift = it.lift === null ? '' : ` (${it.lift.toFixed(1)} times as many as by luck)`;
  return `## The tenth with the highest scores\n\n${it.decisions} decisions held ${lost}${revenue}${lift}.${it.revenueNote ? ` ${it.revenueNote}` : ''}`;
}

function leads({ leads: lines }: AccuracyCard): string {
  if (lines.length < 2) return '';
  const rows = lines.map((it) => [
    `${it.leadDays} days`,
    `${it.decisions}`,
    `${it.losses}`,
    estimate(it.auc, 3),
    it.lossesCaptured === null ? '-' : percent(it.lossesCaptured),
  ]);
  return `## How early\n\n${table(['before the decision', 'decisions', 'lost', 'AUC (90 %)', 'losses in the top tenth'], rows)}`;
}

function contradicted({ contradicted: points }: AccuracyCard): string {
  if (points.length === 0) return '';
  const rows = points.map((it) => [
    titleOf(it.feature),
    it.points.toFixed(2),
    estimate(it.weight, 2),
    percent(it.chanceWrongSign),
  ]);
  return `## Points that the outcomes argue against\n\n${table(['driver', 'points', 'learned (90 %)', 'chance that the sign is wrong'], rows)}`;
}

function owners({ owners: it }: AccuracyCard): string {
  if (it === null || it.judged === 0) return '';
  return `## Over account managers\n\nOf ${it.owners}, ${it.judged} had ${it.minDecisions} decisions or more: ${it.moreLosses} lost more than predicted and ${it.fewerLosses} fewer, beyond what luck does nine times in ten. Names are in the private file only.`;
}

function challenger({ challenger: it }: AccuracyCard): string {
  if (it === null) return '';
  return `## The challenger\n\n${it.reason} Log-loss lower by ${it.gain.toFixed(4)} (standard error ${it.gainSe.toFixed(4)}), AUC ${estimate(it.auc, 3)}, slope ${estimate(it.slope, 2)}.`;
}

function leftOut({ leftOut: lines }: AccuracyCard): string {
  if (lines.length === 0) return '';
  return `## Left out\n\n${lines.map(({ reason, decisions }) => `- ${decisions}: ${reason}`).join('\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function estimate(it: Estimate | null, digits: number): string {
  return it === null ? '-' : `${it.value.toFixed(digits)} (${it.low.toFixed(digits)} to ${it.high.toFixed(digits)})`;
}

const skill = (it: number | null): string => (it === null ? '-' : it.toFixed(3));
const percent = (it: number): string => `${(it * 100).toFixed(1)} %`;
const titleOf = (id: FactId): string => FEATURES.find((it) => it.id === id)?.title ?? id;
