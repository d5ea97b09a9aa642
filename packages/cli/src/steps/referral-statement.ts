import { buildStatements, type Id, parseInstant, refuse, type Statement } from '@holdfast/core';
import { exactMoney } from '../referrals/exact-money.ts';
import { partyNames } from '../referrals/party-names.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { columns } from '../text/columns.ts';

/** A month of a party: its own lines, and those of the account that it speaks for; or of everybody who has any. */
export interface MonthStatement {
  readonly month: string;
  /** `null`: of everybody. */
  readonly parties: readonly Id[] | null;
  readonly statements: readonly Statement[];
}

/** The statement of a calendar month in UTC, as far as it has gone by; of everybody where no party is named. */
export function statementStep(desk: ReferralDesk, party: Id | null, month: string): MonthStatement {
  const { state, now } = desk;
  const from = parseInstant(`${month}-01T00:00:00Z`) ?? 0;
  const to = new Date(from).setUTCMonth(new Date(from).getUTCMonth() + 1);
  if (from > now) throw refusalError(refuse('future_event', `The month ${month} has not begun.`));
  const { ledger } = state.rewards;
  if (party === null) return { month, parties: null, statements: buildStatements(ledger, from, to) };
  const accounts = [...state.participants.values()].flatMap((it) => (it.id === party ? (it.accountId ?? []) : []));
  const parties = [...new Set([party, ...accounts])];
  return { month, parties, statements: parties.flatMap((it) => buildStatements(ledger, from, to, it)) };
}

/** One line a party and currency: opening, accrued, held, reversed, paid, closing. */
export async function statementText(desk: ReferralDesk, made: MonthStatement, withNames: boolean): Promise<string> {
  const { month, parties, statements } = made;
  const name = partyNames(desk.session.store, withNames);
  if (statements.length === 0)
    return `Nothing was owed to ${parties === null ? 'anybody' : await name(parties[0] ?? null)} in ${month}, and nothing moved.`;
  const rows: string[][] = [];
  for (const it of statements) {
    const parts = [it.opening, it.accrued, it.held, it.reversed, it.paid, it.closing];
    const amounts = parts.map((minor) => exactMoney({ minor, currency: it.currency }));
    rows.push([await name(it.partyId), ...amounts]);
  }
  const head = ['', 'opening', 'accrued', 'of which held', 'reversed', 'paid', 'closing'];
  return [`Statement for ${month}:`, ...columns([head, ...rows], [1, 2, 3, 4, 5, 6])].join('\n');
}
