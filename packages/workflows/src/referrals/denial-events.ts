import {
  changedDenials,
  changedEvidence,
  type Denial,
  type EvidenceReading,
  type Id,
  type Instant,
  type KeptReferralRows,
  type ReferralEngine,
  type ReferralEvent,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';
import { newKey } from './open-referrals.ts';

/** What our own records say of introductions by now, otherwise than the journal; nothing where the org does not show it. */
export async function denialEvents(
  store: Pick<Store, 'get'>,
  engine: ReferralEngine,
  said: readonly Denial[] | null,
  asOf: Instant,
): Promise<readonly ReferralEvent[]> {
  if (said === null) return [];
  const { denials, seen } = engine.state;
  const takenBack = new Set<Id>();
  for (const { recordId } of [...denials.values()].flat()) {
    const record = await store.get('referral', recordId);
    if (record && record.advocateConfirmed !== 'no' && record.prospectConfirmed !== 'no') takenBack.add(recordId);
  }
  const changed = changedDenials(engine, { asOf, said, isTakenBack: (id) => takenBack.has(id) });
  return changed.map((it) => denialEvent(seen, it, asOf));
}

/** What the rows say no longer of claims, or say again, otherwise than the journal. */
export function goneEvents(
  engine: ReferralEngine,
  rows: KeptReferralRows,
  { asOf, ...reading }: EvidenceReading & { readonly asOf: Instant },
): readonly ReferralEvent[] {
  return changedEvidence(engine, rows, reading).map((it) => denialEvent(engine.state.seen, it, asOf));
}

function denialEvent(seen: ReferralEngine['state']['seen'], denial: Denial, asOf: Instant): ReferralEvent {
  const key = newKey(seen, `denial ${denial.recordId}`);
  return { key, occurredAt: asOf, recordedAt: asOf, kind: 'denial', denial };
}
