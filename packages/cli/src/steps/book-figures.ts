import type { BookBasis, LastCards, Money, Problem, RecordRole, ReferralState } from '@holdfast/core';
import type { ScoredBook } from '@holdfast/workflows';
import { count, money, words } from '../text/format.ts';
import { cardsText } from './last-cards.ts';

/** The few figures that every summary shows. */
export interface BookFigures {
  readonly inBook: number;
  readonly outsideBook: number;
  readonly roles: Readonly<Partial<Record<RecordRole, number>>>;
  readonly leftOut: number;
  readonly scored: number;
  readonly notScored: number;
  readonly bands: Readonly<Record<string, number>>;
  readonly revenueAtRisk: Money | null;
  readonly horizonDays: number;
  readonly topAtRisk: readonly {
    readonly id: string;
    readonly name: string;
    readonly revenueAtRisk: Money | null;
    readonly healthScore: number | null;
    readonly band: string;
    readonly reasons: string;
    readonly nextStep: string;
  }[];
  readonly referrals: Readonly<Partial<Record<ReferralState, number>>>;
  /** Accounts by what their numbers rest on. */
  readonly basis: BookBasis;
  /** What the last accuracy cards said; a model that was never held against outcomes is left out. */
  readonly cards: LastCards;
  /** What the models in shadow would change; `null` without any. */
  readonly shadow: ScoredBook['shadow'];
}

/** Accounts at risk that a summary names. */
const LARGEST = 5;

/** Sums a scored book up for a terminal or for JSON. */
export function bookFigures({ report, roles, leftOut, shadow }: ScoredBook): BookFigures {
  const bands = Object.fromEntries(report.bands.map(({ band, accounts }) => [band, accounts]));
  const notScored = bands['not_scored'] ?? 0;
  return {
    inBook: roles.customer ?? 0,
    outsideBook: report.outsideBook,
    roles,
    leftOut,
    scored: report.inBook - leftOut - notScored,
    notScored,
    bands,
    revenueAtRisk: report.atRisk,
    horizonDays: report.horizonDays,
    topAtRisk: report.topAtRisk
      .slice(0, LARGEST)
      .map(({ id, name, atRiskInYear, healthScore, band, reasons, nextStep }) => ({
        id,
        name,
        revenueAtRisk: atRiskInYear,
        healthScore,
        band,
        reasons,
        nextStep,
      })),
    referrals: report.referrals,
    basis: report.basis,
    cards: report.cards,
    shadow,
  };
}

/** The same as text. */
export function bookText(figures: BookFigures, problems: readonly Problem[]): string {
  const bands = Object.entries(figures.bands).map(([band, n]) => `${words(band)} ${count(n)}`);
  const states = Object.entries(figures.referrals).map(([state, n]) => `${words(state)} ${count(n)}`);
  return [
    `Accounts: ${count(figures.inBook)} in the book, ${count(figures.outsideBook)} outside it${figures.leftOut > 0 ? `, ${count(figures.leftOut)} left out by a person` : ''}.`,
    `Scored: ${count(figures.scored)}${figures.notScored > 0 ? `, and ${count(figures.notScored)} of which too little is known` : ''} (${bands.join(', ')}).`,
    `Revenue at risk within ${figures.horizonDays} days: ${figures.revenueAtRisk ? money(figures.revenueAtRisk) : 'not known'} (a model estimate${figures.basis.assumed > 0 ? ' on assumed weights' : ''}, not a forecast).`,
    `Accuracy card: ${cardsText(figures.cards)}.`,
    ...(figures.topAtRisk.length === 0 ? [] : ['The largest:', ...figures.topAtRisk.flatMap(accountText)]),
    `Referrals: ${states.length === 0 ? 'none found' : states.join(', ')}.`,
    ...(figures.shadow
      ? [
          `In shadow: the fitted models would put ${count(figures.shadow.bandsWouldChange)} of ${count(figures.shadow.accounts)} accounts into another band; \`holdfast backtest --adopt\` takes them into use.`,
        ]
      : []),
    ...problems.slice(0, 10).map(({ message }) => `Problem: ${message}`),
    ...(problems.length > 10 ? [`... and ${problems.length - 10} more problems; --json lists them all.`] : []),
  ].join('\n');
}

function accountText({
  name,
  revenueAtRisk,
  healthScore,
  band,
  reasons,
  nextStep,
}: BookFigures['topAtRisk'][number]): readonly string[] {
  const lines = reasons.split('\n').filter(Boolean);
  return [
    `  ${name}: ${revenueAtRisk ? money(revenueAtRisk) : 'value not known'} at risk, score ${healthScore ?? '-'} (${words(band)})`,
    ...lines.map((line) => `      ${line}`),
    `      Next: ${nextStep}`,
  ];
}
