import { formatInstant, type Id, type PartyBalances, REASONS, type ReasonCode, type RewardState } from '@holdfast/core';
import { exactMoney } from '../referrals/exact-money.ts';
import { partyNames } from '../referrals/party-names.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { columns } from '../text/columns.ts';
import { count, words } from '../text/format.ts';

const SHOWN = 100;

/** One posting of a party. Minor units; above zero: owed to the party. */
interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly account: string;
  readonly minor: number;
  readonly currency: string;
  readonly reward: string | null;
  readonly key: string;
}

/** Balances in minor units by party and currency, the rewards that are open, and with a party its entries. */
export interface LedgerView {
  readonly balances: readonly ({ readonly partyId: Id } & PartyBalances)[];
  readonly rewards: readonly {
    readonly key: string;
    readonly partyId: Id;
    readonly state: string;
    /** What was given, and what of it was not taken back. */
    readonly minor: number;
    readonly leftMinor: number;
    readonly currency: string;
    readonly reason: ReasonCode;
    /** Until when it is held at least; `null` once that is over. */
    readonly heldUntil: string | null;
  }[];
  /** In the order of their posting; `null` without a party. */
  readonly entries: readonly Entry[] | null;
}

/** Reads balances and rewards, of one party where it is given. */
export function ledgerView({ state: { rewards }, now }: ReferralDesk, party: Id | null): LedgerView {
  const parties = party === null ? [...rewards.ledger.parties()].sort() : [party];
  return {
    balances: parties.flatMap((partyId) => rewards.ledger.balancesOf(partyId).map((it) => ({ partyId, ...it }))),
    rewards: [...rewards.all()]
      .filter((it) => party === null || it.beneficiary.partyId === party || it.participantId === party)
      .map(({ key, beneficiary, state, amount, holds, reason, reversed, dueAt }) => {
        const isOver = ENDED.includes(state);
        return {
          ...{ key, partyId: beneficiary.partyId, state, ...amount, leftMinor: amount.minor - reversed },
          reason: isOver ? reason : (holds[0] ?? reason),
          heldUntil: isOver || dueAt <= now ? null : formatInstant(dueAt),
        };
      }),
    entries: party === null ? null : entriesOf(rewards.ledger, party),
  };
}

const ENDED: readonly RewardState[] = ['paid', 'fulfilled', 'reversed', 'expired', 'canceled'];

function entriesOf(ledger: ReferralDesk['state']['rewards']['ledger'], party: Id): readonly Entry[] {
  const found: Entry[] = [];
  for (const { key, kind, at, reward, postings } of ledger.transactions()) {
    for (const { account, money } of postings) {
      if (account.of !== party) continue;
      found.push({
        ...{ at: formatInstant(at), kind, account: account.kind, key, reward },
        ...{ minor: 0 - money.minor, currency: money.currency },
      });
    }
  }
  return found;
}

/** The same for a person. */
export async function ledgerText(desk: ReferralDesk, view: LedgerView, withNames: boolean): Promise<string> {
  const { balances, rewards, entries } = view;
  const name = partyNames(desk.session.store, withNames);
  const rows: string[][] = [];
  for (const { partyId, currency, pending, held, payable, receivable, net } of balances) {
    const amounts = [pending, held, payable, receivable, net].map((minor) => exactMoney({ minor, currency }));
    rows.push([await name(partyId), ...amounts]);
  }
  const open = rewards.slice(0, SHOWN);
  const reasons = [...new Set(open.map((it) => it.reason))].filter((it) => it !== 'accepted');
  return [
    balances.length === 0 ? 'Nothing is in the ledger.' : 'Balances:',
    ...(rows.length > 0 ? columns([HEAD, ...rows], [1, 2, 3, 4, 5]) : []),
    ...(open.length > 0 ? [`Rewards (${count(open.length)} of ${count(rewards.length)}):`] : []),
    ...(open.length > 0 ? columns([REWARD_HEAD, ...open.map(rewardCells)], [2, 3]) : []),
    ...reasons.map((it) => `${it}: ${REASONS[it].staff}${NEXT[it] ?? ''}`),
    ...(entries && entries.length > 0 ? ['Entries:', ...entryLines(entries)] : []),
  ].join('\n');
}

const HEAD = ['party', 'pending', 'held', 'payable', 'owed by them', 'net'];
const REWARD_HEAD = ['reward', 'state', 'given', 'left', 'held until', 'why'];

/** What a person does about a reward that waits for one. */
const NEXT: Partial<Record<ReasonCode, string>> = {
  needs_approval: ' `holdfast referrals approve REWARD`, or `reject`.',
  benefit_applied: ' `holdfast referrals fulfil REWARD` lets it stand, `reject` takes it back.',
  dispute_open: ' `holdfast referrals rule OPPORTUNITY`.',
  check_failed: ' `holdfast referrals explain CLAIM` says which; then `approve` or `reject`.',
  fraud_check: ' `holdfast referrals explain CLAIM` shows it; then `clear` it, `approve` or `reject`.',
};

function rewardCells({ key, state, minor, leftMinor, currency, heldUntil, reason }: LedgerView['rewards'][number]) {
  const [given, left] = [minor, leftMinor].map((it) => exactMoney({ minor: it, currency }));
  const why = reason === 'accepted' ? '' : reason;
  return [key, words(state), given ?? '', left ?? '', heldUntil?.slice(0, 10) ?? '', why];
}

function entryLines(entries: readonly Entry[]): readonly string[] {
  const cells = entries.map(({ at, kind, account, reward, ...money }) => {
    return [at.slice(0, 10), kind, account, exactMoney(money), reward ?? ''];
  });
  return columns(cells, [3]);
}
