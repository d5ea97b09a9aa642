import type { MissingForReturn, ReferralReturns, ShareFigure } from '@holdfast/core';
import { count, money, words } from '../text/format.ts';
import { apart } from './fit-text.ts';
import { emptyLine, factList, figureTable, percent } from './html.ts';

/** What the company enters, and where. */
const MISSING: Readonly<Record<MissingForReturn, string>> = {
  margin: 'your share of gross margin is not set (`profile.grossMargin` in holdfast.config.json)',
  rate: 'a reward is in a currency without a rate for its day (`programs/rates.json`)',
  acquisition_cost: 'what winning an account costs you is not set (`economics.acquisition` in holdfast.config.json)',
};

type Named = (id: string) => string;

/** What referrals bring: each figure with its interval, or why there is none yet. */
export function returnsSection(returns: ReferralReturns, programName: Named, nameOf: Named): string {
  return [
    programTable(returns, programName),
    comparison(returns),
    spread(returns),
    values(returns, nameOf),
    triggers(returns),
  ].join('');
}

const range = (text: string, interval: readonly [string, string]) => `${text} (${interval.join(' to ')})`;
const inMoney = (currency: string) => (minor: number) => money({ minor: Math.round(minor), currency });

function programTable({ programs, currency }: ReferralReturns, programName: Named): string {
  const amount = inMoney(currency);
  const notes: string[] = [];
  const rows = programs.flatMap(({ programId, result, withoutMargin }) => {
    const name = programName(programId);
    if ('missing' in result) {
      notes.push(`${name}: no return can be told, since ${MISSING[result.missing]}.`);
      return [];
    }
    const { counted, incremental } = result;
    if (!incremental.known) notes.push(`${name}, incremental: ${incremental.reason}.`);
    if (withoutMargin > 0)
      notes.push(`${name}: of ${count(withoutMargin)} retained accounts the margin is not known; they count 0.`);
    return [
      [
        name,
        `${count(counted.referrals)}, ${count(counted.retained)} stayed`,
        amount(counted.margin),
        amount(counted.rewards),
        amount(counted.referredDiscounts),
        amount(counted.net),
        incremental.known
          ? range(amount(incremental.net), [amount(incremental.interval[0]), amount(incremental.interval[1])])
          : 'not enough yet',
      ],
    ];
  });
  const head = [
    'program',
    'introductions',
    'margin a year',
    'rewards',
    'for the referred',
    'counted',
    'incremental (90 %)',
  ];
  const caption =
    'Counted: a year of margin of the accounts that stayed, less rewards, whoever would have come anyway. Incremental: what would be missing without asking, by those who were not asked. Neither stands for the other.';
  return `<h3>Return of the programs</h3>${figureTable(caption, head, rows, 'stacked')}${notes.map(emptyLine).join('')}`;
}

function comparison({ comparison: { retention, margin }, currency }: ReferralReturns): string {
  const amount = inMoney(currency);
  const points = (share: number) => `${(share * 100).toFixed(1)}`;
  const rate = ({ n, lost }: { readonly n: number; readonly lost: number }) => `${percent(lost / n)}\nof ${count(n)}`;
  const rows = [
    retention.measured
      ? [
          'lost at a decision',
          rate(retention.treated),
          rate(retention.heldOut),
          `${range(points(-retention.difference), [points(-retention.interval[1]), points(-retention.interval[0])])} points`,
        ]
      : null,
    margin.known
      ? [
          'margin a year',
          `${amount(margin.looked.mean)}\nof ${count(margin.looked.n)}`,
          `${amount(margin.others.mean)}\nof ${count(margin.others.n)}`,
          range(amount(margin.difference), [amount(margin.interval[0]), amount(margin.interval[1])]),
        ]
      : null,
  ].filter((it) => it !== null);
  const notes = [
    ...(retention.measured ? [] : [`Loss: ${retention.reason}.`]),
    ...(margin.known ? [] : [`Margin: ${margin.reason}.`]),
  ];
  const caption =
    'Accounts of the same year of joining and segment, with 90 % intervals: side by side, which does not say that the introduction is the cause';
  return `<h3>Referred against not referred</h3>${figureTable(caption, ['', 'referred', 'not referred', 'difference'], rows, 'stacked')}${notes.map(emptyLine).join('')}`;
}

function spread({ kFactor, windowDays }: ReferralReturns): string {
  const { k, introductionsPerMember, conversion, cycleDays, tooYoung } = kFactor;
  const facts = [
    {
      label: `K: customers brought by one in ${windowDays} days`,
      value: shareText(k, (it) => it.toFixed((k.value ?? 1) < 0.1 ? 3 : 2)),
    },
    { label: 'introductions by one', value: introductionsPerMember.value?.toFixed(2) ?? 'not enough yet' },
    { label: 'of these won', value: percentText(conversion) },
    {
      label: 'cycle: median days until one brings one',
      value: cycleDays.value === null ? 'nobody yet' : `${cycleDays.value}`,
    },
    { label: 'customers counted; too young', value: `${count(k.n)}; ${count(tooYoung)}` },
  ];
  return `<h3>How far customers bring customers</h3>${factList(facts)}`;
}

function shareText(figure: ShareFigure, text: (value: number) => string, short = text): string {
  if (figure.value === null || figure.interval === null) return 'not enough yet';
  return range(text(figure.value), [short(figure.interval[0]), short(figure.interval[1])]);
}

/** "33 % (14 to 60)". */
function percentText(figure: ShareFigure): string {
  return shareText(
    figure,
    (it) => percent(it, 0),
    (it) => (it * 100).toFixed(0),
  );
}

function values({ values, currency }: ReferralReturns, nameOf: Named): string {
  const title = '<h3>What introductions are worth</h3>';
  if ('missing' in values) return title + emptyLine(`No value can be told, since ${MISSING[values.missing]}.`);
  const amount = inMoney(currency);
  const { one, two, referrers, withoutMargin, withoutRate } = values;
  const line = (name: string, it: typeof one) => [
    name,
    count(it.parties),
    amount(it.value),
    shareText(it.perParty, amount),
  ];
  const rows = referrers.shown.map((it) => [
    apart(nameOf(it.referrerId)),
    `${count(it.typeOne.count)} and ${count(it.typeTwo.count)}`,
    amount(it.direct),
    amount(it.withChain),
  ]);
  const left = [
    ...(withoutMargin > 0 ? [`${count(withoutMargin)} accounts are left out: their margin is not known.`] : []),
    ...(withoutRate > 0 ? [`${count(withoutRate)} accounts are left out: ${MISSING.rate}.`] : []),
    ...(referrers.more > 0 ? [`${count(referrers.more)} more referrers are not shown.`] : []),
  ];
  const caption =
    'Over one year of margin. Type one would not have come: margin, and what winning it would have cost, less what the introduction cost. Type two would have come anyway: only the cost of winning it was saved';
  return `${title}${figureTable(caption, ['', 'accounts', 'value', 'each (90 %)'], [line('type one', one), line('type two', two)], 'stacked')}${figureTable('The most valuable referrers: by those whom they introduced themselves, and with all that came of them (which overlaps)', ['referrer', 'type one and two', 'itself', 'with its chain'], rows, 'stacked')}${left.map(emptyLine).join('')}`;
}

function triggers({ triggers: of, currency }: ReferralReturns): string {
  if (of.length === 0) return '';
  const amount = inMoney(currency);
  const rows = of.map((it) => [
    words(it.trigger),
    count(it.asked),
    percentText(it.acceptance),
    `${count(it.introductions)}, ${count(it.won)} won`,
    it.net === null ? 'not known' : amount(it.net),
    shareText(it.netPerAsk, amount),
  ]);
  const head = ['asked because of', 'asks', 'accepted', 'introductions', 'net', 'net of one ask'];
  const notes = of.flatMap(({ trigger, netPerAsk: { reason } }) =>
    reason === null ? [] : [`${words(trigger)}: ${reason}.`],
  );
  return `<h3>What asking brought</h3>${figureTable('By what made it the moment to ask, with 90 % intervals', head, rows, 'stacked')}${notes.map(emptyLine).join('')}`;
}
