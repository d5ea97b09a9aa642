import {
  formatInstant,
  type Money,
  moneyToDecimal,
  type ProgramBalance,
  REASONS,
  type ReferralPages,
  type WaitingReward,
} from '@holdfast/core';
import { count, escapeHtml } from '../text/format.ts';
import { emptyLine, figureTable, sentences } from './html.ts';

/** What the ledger holds by program and currency, and the rewards that wait for a person; no party is named. */
export function ledgerSection(
  { balances, waiting }: Pick<ReferralPages, 'balances' | 'waiting'>,
  programName: (id: string) => string,
): string {
  if (balances.length === 0 && waiting.shown.length === 0)
    return emptyLine('No reward was given yet: the rules of the programs say for what one is.');
  return `${balanceTable(balances, programName)}${waitingList(waiting)}`;
}

function balanceTable(balances: readonly ProgramBalance[], programName: (id: string) => string): string {
  const rows = balances.map(({ programId, currency, ...line }) => {
    const amounts = COLUMNS.map(([column]) => exact({ minor: line[column], currency }));
    return [programName(programId), currency, ...amounts];
  });
  return figureTable(
    'Accrued less reversed less paid is what is pending, held and payable, less what is owed to us',
    ['program', 'currency', ...COLUMNS.map(([, title]) => title)],
    rows,
    'stacked tight',
  );
}

const COLUMNS = [
  ['accrued', 'accrued'],
  ['pending', 'pending'],
  ['held', 'held'],
  ['payable', 'payable'],
  ['paid', 'paid'],
  ['reversed', 'reversed'],
  ['receivable', 'receivable'],
] as const satisfies readonly (readonly [keyof ProgramBalance, string])[];

/** To the last minor unit, thousands apart. */
function exact(money: Money): string {
  const [whole = '', part] = moneyToDecimal(money).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

function waitingList({ shown, more }: ReferralPages['waiting']): string {
  if (shown.length === 0) return sentences(['No reward waits for a person.']);
  const left = more === 0 ? [] : [`${count(more)} more wait: \`holdfast referrals ledger\` lists them.`];
  const notes = [...left, 'To refuse one: `holdfast referrals reject REWARD --why "..."`.'];
  return `<h3>Waiting for a person</h3><ol class="waiting">${shown.map(waitingItem).join('')}</ol>${notes.map(emptyLine).join('')}`;
}

function waitingItem(reward: WaitingReward): string {
  const { money, earnedAt, reason } = reward;
  const command = commandOf(reward);
  const said = `${money.currency} ${exact(money)}, earned on ${formatInstant(earnedAt).slice(0, 10)}: ${REASONS[reason].staff}`;
  return `<li>${escapeHtml(said)}${command === null ? '' : `<code>${escapeHtml(command)}</code>`}</li>`;
}

/** What to type; a fact that is missing is entered where it belongs, so there is nothing to type for it here. */
function commandOf({ needs, key, opportunityId }: WaitingReward): string | null {
  if (needs === 'enter') return null;
  if (needs === 'rule') return `holdfast referrals rule ${quoted(opportunityId ?? 'OPPORTUNITY')} --why "..."`;
  return `holdfast referrals ${needs === 'benefit' ? 'fulfil' : 'approve'} ${quoted(key)}`;
}

function quoted(text: string): string {
  return /^[\w:/.>-]+$/.test(text) ? text : `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`;
}
