import { FEATURES } from '../features/all-features.ts';
import type { Feature } from '../features/feature.ts';
import { cardText, type LastCard } from './last-card.ts';
import { WORTH_NAMING } from './main-reason.ts';
import type { Driver, PreviousScore, RiskScore } from './risk-score.ts';

type Said = Pick<
  RiskScore,
  | 'model'
  | 'horizonDays'
  | 'healthScore'
  | 'baseLogOdds'
  | 'logOdds'
  | 'coverage'
  | 'missing'
  | 'evidence'
  | 'outcomes'
  | 'proved'
> & { readonly drivers: readonly Omit<Driver, 'probability'>[] };

const MOST_DRIVERS = 5;
const UNITS = new Map(FEATURES.map(({ id, unit }) => [id, unit]));

/**
 * The text for the record: what is judged and over which horizon, that the points are assumptions, up to five signed
 * drivers, what is known and what changed. At most 2,000 characters; names no person.
 */
export function reasonsText(score: Said, previous: PreviousScore | null, card: LastCard | null = null): string {
  const named = score.drivers.filter((it) => Math.abs(it.logOdds) >= WORTH_NAMING).slice(0, MOST_DRIVERS);
  const lines = [
    headline(score),
    basis(score, card),
    ...named.map(driverLine),
    ...(named.length === 0 ? ['No driver stands out.'] : []),
    `Known: ${known(score)} of ${known(score) + score.missing.length} drivers.${moved(score, previous)}`,
  ];
  return lines.join('\n');
}

function headline(score: Said): string {
  const span =
    score.model === 'contract'
      ? `at the next decision (term ${score.horizonDays} days)`
      : `within ${score.horizonDays} days`;
  if (score.healthScore === null) return `Not scored: too little is known to judge the odds of loss ${span}.`;
  return `Odds of loss ${span}: about ${times(score.logOdds - score.baseLogOdds)} those of a usual account.`;
}

const known = (score: Said): number => score.drivers.filter((it) => it.value !== null).length;

/** What the numbers rest on: nobody should have to guess whether a score was ever checked. */
function basis({ evidence, outcomes, proved }: Said, card: LastCard | null): string {
  if (outcomes.decisions === 0)
    return `First form: the points are assumptions${card ? `; ${cardText(proved, card)}` : ', not yet held against outcomes'}.`;
  const from = `${outcomes.decisions} decisions of this book, ${outcomes.losses} lost`;
  const learned =
    evidence === 'points only' ? `Points, hardly moved yet by ${from}` : `Learned from ${from} (${evidence})`;
  return `${learned}; ${cardText(proved, card)}.`;
}

/** "+ Seats in use: 41 % (neutral 80 %), odds x 2.2". */
function driverLine(driver: Omit<Driver, 'probability'>): string {
  const unit = UNITS.get(driver.feature) ?? 'count';
  const sign = driver.logOdds > 0 ? '+' : '-';
  if (driver.value === null) return `${sign} ${driver.title}: not known, odds x ${factor(driver.logOdds)}`;
  const neutral = unit === 'yes or no' ? '' : ` (neutral ${inUnit(driver.reference, unit)})`;
  const basis = driver.assumed ? ' (assumed)' : '';
  return `${sign} ${driver.title}: ${inUnit(driver.value, unit)}${neutral}, odds x ${factor(driver.logOdds)}${basis}`;
}

/** A feature's value for people: "41 %", "30 days", "yes". */
export function inUnit(value: number, unit: Feature['unit']): string {
  switch (unit) {
    case 'share':
      return `${Math.round(value * 100)} %`;
    case 'log ratio':
      return `${value < 0 ? '-' : '+'}${Math.abs(Math.round((Math.exp(value) - 1) * 100))} %`;
    case 'yes or no':
      return value >= 0.5 ? 'yes' : 'no';
    case 'view -1 to 1':
      return value > 0 ? 'bad' : value < 0 ? 'good' : 'unsure';
    case 'days':
      return `${Math.round(value)} days`;
    case 'ratio':
      return `${oneDecimal(value)} times the usual`;
    default:
      return oneDecimal(value);
  }
}

function moved(score: Said, previous: PreviousScore | null): string {
  const before = previous?.healthScore ?? null;
  if (before === null || score.healthScore === null || before === score.healthScore) return '';
  return ` Health moved from ${before} to ${score.healthScore}.`;
}

const times = (logOdds: number): string => `${factor(logOdds)} times`;

/** One significant step: nobody should read more into an assumption. */
function factor(logOdds: number): string {
  const odds = Math.exp(Math.min(Math.max(logOdds, -6.9), 6.9));
  return odds >= 10 ? String(Math.round(odds)) : oneDecimal(odds);
}

const oneDecimal = (value: number): string => String(Math.round(value * 10) / 10);
