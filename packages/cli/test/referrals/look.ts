import { referralKey } from '@holdfast/core';
import type { Stage } from './stage.ts';
import type { View } from './vendor-view.ts';

/** What can be seen of a case, by its own names. */
export interface Seen {
  /** `state credit` of each claim. */
  readonly claims: Readonly<Record<string, string>>;
  /** Of each claim, the last version of the decision on it: `credit share reason`; left out where it was not weighed. */
  readonly decided: Readonly<Record<string, string>>;
  /** Signals of the checks on each claim: `check action`; claims without one are left out. */
  readonly signals: Readonly<Record<string, readonly string[]>>;
  /** Rewards in alphabetical order: `party amount state`, with the reason where it waits for more than its time. */
  readonly rewards: readonly string[];
  /** What stands in the CRM: `state credit` of sales, `won status` of contacts; only where something is written. */
  readonly written: Readonly<Record<string, string>>;
  /** Referral records in the CRM by claim: `state credit`, then the reason as it can be read there. */
  readonly records: Readonly<Record<string, string>>;
}

interface Listed {
  readonly claims: readonly { readonly id: string; readonly state: string; readonly credit: string | null }[];
}
interface Explained {
  readonly signals: readonly { readonly check: string; readonly action: string }[];
  readonly timeline: readonly { readonly what: string; readonly reason: string }[];
}
interface Ledger {
  readonly rewards: readonly {
    readonly partyId: string;
    readonly state: string;
    readonly minor: number;
    readonly currency: string;
    readonly reason: string;
  }[];
}

/** Looks at everything that a case has left behind, by its names. */
export async function look(stage: Stage, view: View): Promise<Seen> {
  const { json } = await stage.call('referrals', {}, 'list');
  const { claims } = json as Listed;
  const decided: Record<string, string> = {};
  const signals: Record<string, readonly string[]> = {};
  for (const { id } of claims) {
    const { timeline, signals: raised } = await stage.referrals<Explained>('explain', stage.named(id));
    const last = timeline.findLast(({ what }) => what.startsWith('decision '));
    if (raised.length > 0) signals[stage.named(id)] = raised.map(({ check, action }) => `${check} ${action}`);
    if (last) decided[stage.named(id)] = `${last.what.replace(/^decision \d+ on \S+: /, '')} ${last.reason}`;
  }
  const { rewards } = await stage.referrals<Ledger>('ledger');
  return {
    claims: Object.fromEntries(claims.map((it) => [stage.named(it.id), said(it.state, it.credit)])),
    decided,
    signals,
    rewards: rewards
      .map((it) => {
        const waits = WAITING.includes(it.state) && it.reason !== 'accepted' ? ` ${it.reason}` : '';
        return `${it.partyId} ${it.currency} ${it.minor} ${it.state}${waits}`;
      })
      .sort(),
    written: writtenFields(stage, view),
    records: writtenRecords(claims, stage, view),
  };
}

/** States of a reward in which it waits for something: why is told. */
const WAITING = ['pending', 'held', 'review_required'];

const said = (...values: readonly unknown[]) =>
  values
    .filter((it) => it !== null && it !== undefined && it !== '')
    .map(String)
    .join(' ');

function writtenFields(stage: Stage, { objects, entity, ids, values, field }: View): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const gather = (kind: 'opportunity' | 'contact', ...stems: readonly string[]) => {
    for (const id of ids(objects[kind])) {
      const record = values(objects[kind], id);
      const text = said(...stems.map((stem) => record[field(stem)]));
      if (text !== '') found[stage.named(`${entity[kind]}:${id}`)] = text;
    }
  };
  gather('opportunity', 'referral_state', 'referral_credit');
  gather('contact', 'referrals_won', 'advocate_status');
  return found;
}

function writtenRecords(
  claims: Listed['claims'],
  stage: Stage,
  { ids, values, record }: View,
): Readonly<Record<string, string>> {
  const byKey = new Map(
    ids(record.object).map((id) => {
      const fields = values(record.object, id);
      return [String(fields[record.field('holdfast_key')]), fields] as const;
    }),
  );
  return Object.fromEntries(
    claims.flatMap(({ id }) => {
      const fields = byKey.get(referralKey(id));
      if (!fields) return [];
      const [state, credit, reason] = ['state', 'credit', 'decision_reason'].map((it) => fields[record.field(it)]);
      return [[stage.named(id), `${said(state, credit)}: ${reason}`]];
    }),
  );
}
