import type { ExchangeRate } from '../../src/ledger/index.ts';
import { DAY_MS, parseInstant } from '../../src/model/dates.ts';
import type {
  AttributionDecision,
  Participant,
  Program,
  QualifyingEvent,
  RewardRule,
} from '../../src/referral/entities/index.ts';
import {
  advanceRewards,
  applyBatch,
  openMinor,
  type Payee,
  type RewardBook,
  type RewardInput,
  settle,
} from '../../src/referral/rewards/index.ts';
import { isPayout } from '../../src/referral/rewards/reward-record.ts';

/** A small program: cash of 10 % to a partner, 30 days held. Tests change what they are about. */

export function at(text: string): number {
  return parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text)!;
}

export function rule(change: Partial<RewardRule> = {}): RewardRule {
  return {
    id: 'r1',
    version: '1',
    event: 'won',
    beneficiary: 'referrer',
    kind: 'cash',
    amount: { percent: 1_000, disclosesAmount: true },
    tiers: [],
    caps: [],
    durationMonths: null,
    priority: 0,
    startsOn: '2026-01-01',
    endsOn: null,
    expiresAfterDays: null,
    ...change,
  };
}

export function program(change: Partial<Program> = {}): Program {
  return {
    id: 'p1',
    name: 'Partners',
    state: 'active',
    startsOn: '2026-01-01',
    endsOn: null,
    currency: 'EUR',
    priority: 0,
    stackable: false,
    terms: { version: '1', url: null, acceptedWithinDays: null },
    budget: null,
    policy: {
      version: '1',
      model: 'best_evidence_then_first',
      trackingDays: 90,
      creditDays: 365,
      protectionDays: 90,
      contactedBeforeDays: 90,
      retainedDays: 365,
      disputeDays: 30,
      rulingDays: 14,
      splitWeights: [10_000],
      paysInfluence: false,
      afterLeaving: 'none',
      openClaimsPerParticipant: 20,
    },
    rules: [rule()],
    holdingDays: 30,
    checksOff: [],
    approvalAbove: null,
    jurisdictions: [],
    ...change,
  };
}

export function participant(id: string, change: Partial<Participant> = {}): Participant {
  return {
    id,
    programId: 'p1',
    accountId: `account:of-${id}`,
    role: 'partner',
    status: 'active',
    statusSince: at('2026-01-01'),
    termsVersion: '1',
    employerPermission: false,
    segment: 'private',
    country: 'DE',
    taxFormOn: null,
    ...change,
  };
}

/** Shares by participant in basis points, best first. */
export function decision(shares: Readonly<Record<string, number>>, change: Partial<AttributionDecision> = {}) {
  const made: AttributionDecision = {
    opportunityId: 'opp:1',
    version: 1,
    programId: 'p1',
    policyVersion: '1',
    decidedAt: at('2026-02-01'),
    candidates: Object.entries(shares).map(([participantId, share]) => ({
      referralId: `ref-${participantId}`,
      participantId,
      evidence: 'activity',
      introducedAt: at('2026-01-05'),
      credit: share > 0 ? 'sourced' : 'none',
      share,
      reason: 'best_evidence',
    })),
    reason: 'best_evidence',
    override: null,
    locked: false,
    ...change,
  };
  return made;
}

export function event(key: string, day: string, minor: number | null, change: Partial<QualifyingEvent> = {}) {
  const made: QualifyingEvent = {
    key,
    type: 'won',
    subjectId: 'account:new',
    opportunityId: 'opp:1',
    occurredAt: at(day),
    recordedAt: at(day),
    amount: minor === null ? null : { minor, currency: 'EUR' },
    ...change,
  };
  return made;
}

/** Everyone is a partner in Germany with a clear check unless listed. */
export function world(book: RewardBook, terms: Program = program(), people: readonly Participant[] = []) {
  const participantOf = (id: string) => people.find((it) => it.id === id) ?? participant(id);
  const rates: ExchangeRate[] = [{ from: 'USD', to: 'EUR', value: 0.9, on: '2026-02-01', source: 'ECB' }];
  const payees = new Map<string, Payee>();
  const clear: Payee = { country: 'DE', taxFormOn: null, sanctions: 'clear' };
  return {
    payees,
    give: (asOf: string, ...inputs: (Partial<RewardInput> & Pick<RewardInput, 'event'>)[]) =>
      applyBatch(
        book,
        inputs.map((it) => ({ decision: decision({ ann: 10_000 }), program: terms, ...it })),
        { asOf: at(asOf), rates, participant: participantOf },
      ),
    rewardOptions: (asOf: string) => ({ asOf: at(asOf), rates, participant: participantOf }),
    advance: (asOf: string) =>
      advanceRewards(book, { asOf: at(asOf), program: () => terms, participant: participantOf }),
    settle: (period: string, asOf: string, change: { withoutForm?: 'above' } = {}) => {
      const payee = (id: string) => payees.get(id) ?? clear;
      return settle(book, { programId: 'p1', period, asOf: at(asOf), by: 'owner:1', payee, rates, ...change });
    },
  };
}

/** What is wrong between the book and its ledger; empty: everything adds up. */
export function audit(book: RewardBook): readonly string[] {
  const wrong: string[] = [];
  const sums = new Map<string, number>();
  for (const { postings, key } of book.ledger.transactions()) {
    const byCurrency = new Map<string, number>();
    for (const { account, money } of postings) {
      byCurrency.set(money.currency, (byCurrency.get(money.currency) ?? 0) + money.minor);
      const name = `${account.kind} ${account.of} ${money.currency}`;
      sums.set(name, (sums.get(name) ?? 0) + money.minor);
    }
    for (const sum of byCurrency.values()) if (sum !== 0) wrong.push(`${key} does not balance`);
  }
  const expected = new Map<string, number>();
  const add = (name: string, minor: number) => expected.set(name, (expected.get(name) ?? 0) + minor);
  addNetted(book, add);
  for (const it of book.all()) {
    const { amount, reversed, settled, clawedBack, place, beneficiary, programId, key } = it;
    const open = openMinor(it);
    if (open < 0 || reversed > amount.minor || clawedBack > settled || amount.minor > it.asked.minor) {
      wrong.push(`${key}: amounts ${JSON.stringify(it)}`);
    }
    const isEnded = ['paid', 'fulfilled', 'reversed', 'canceled', 'expired'].includes(it.state);
    if (isEnded && open !== 0) wrong.push(`${key}: ${it.state} with ${open} open`);
    if (place !== 'payable' && it.state === 'payable') wrong.push(`${key}: payable lies in ${place}`);
    add(`${place} ${beneficiary.partyId} ${amount.currency}`, 0 - open);
    add(`expense ${programId} ${amount.currency}`, amount.minor - reversed);
    add(`receivable ${beneficiary.partyId} ${amount.currency}`, clawedBack);
    add(`clearing ${isPayout(it.kind) ? 'payout' : 'benefit'} ${amount.currency}`, 0 - settled);
  }
  for (const name of new Set([...expected.keys(), ...sums.keys()])) {
    if ((expected.get(name) ?? 0) !== (sums.get(name) ?? 0))
      wrong.push(`${name}: rewards say ${expected.get(name)}, the ledger ${sums.get(name)}`);
  }
  return wrong;
}

/** What was netted was not cleared but set against the debt of whoever holds the reward now. */
function addNetted(book: RewardBook, add: (name: string, minor: number) => void): void {
  for (const { kind, reward, postings } of book.ledger.transactions()) {
    const it = kind === 'net' && reward !== null ? book.get(reward) : undefined;
    if (!it) continue;
    const minor = postings[0]?.money.minor ?? 0;
    add(`receivable ${it.beneficiary.partyId} ${it.amount.currency}`, 0 - minor);
    add(`clearing ${isPayout(it.kind) ? 'payout' : 'benefit'} ${it.amount.currency}`, minor);
  }
}

export const DAY = DAY_MS;
