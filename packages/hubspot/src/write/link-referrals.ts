import { CrmError, parseId, type ReferralWritten } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { itemError } from '../errors.ts';
import { hubspotObject } from '../objects.ts';
import { type LinkEnd, readLinks } from '../read/links.ts';
import { REFERRAL_LINKS, REFERRAL_OBJECT_NAME, type ReferralLinkField } from '../referral-links.ts';
import { itemErrors } from '../requests.ts';
import type { Session } from '../session.ts';
import { madePairs } from './made-pairs.ts';

/** A referral and the values that were set; fields that are no links are passed over. */
interface Wanted {
  readonly id: string;
  readonly set: Partial<ReferralWritten>;
}
/** One pair and the labels that it shall carry: `null` is the plain link, none of them takes the pair apart. */
interface Pair {
  readonly from: string;
  readonly to: string;
  readonly labels: ReadonlySet<string | null>;
}

/**
 * Brings the links of referrals to what was set: one end for each field. Setting labels replaces those of the pair, so
 * the pair's other labels are read before and sent along (T19). Answers the errors by referral.
 */
export async function linkReferrals(
  session: Session,
  wanted: readonly Wanted[],
  call: CallOptions,
): Promise<ReadonlyMap<string, CrmError>> {
  const failed = new Map<string, CrmError>();
  for (const object of new Set(REFERRAL_LINKS.map((link) => link.object))) {
    const fields = REFERRAL_LINKS.filter((link) => link.object === object);
    const mine = wanted.filter(({ set }) => fields.some(({ field }) => endOf(set, field) !== undefined));
    if (mine.length === 0) continue;
    try {
      const ids = mine.map(({ id }) => id);
      const held = await readLinks(session.client, REFERRAL_OBJECT_NAME, object, ids, call);
      const pairs = mine.flatMap((one) => changedPairs(one, fields, held.get(one.id) ?? []));
      await takeApart(session, object, pairs, call);
      for (const [id, error] of await tie(session, object, pairs, call)) failed.set(id, error);
    } catch (error) {
      if (!(error instanceof CrmError) || error.code === 'auth') throw error;
      for (const { id } of mine) failed.set(id, error);
    }
  }
  return failed;
}

const endOf = (set: Partial<ReferralWritten>, field: string) =>
  (set as Readonly<Record<string, string | null | undefined>>)[field];

function changedPairs(
  { id, set }: Wanted,
  fields: readonly ReferralLinkField[],
  held: readonly LinkEnd[],
): readonly Pair[] {
  const before = new Map(held.map((end) => [end.id, labelsOf(end, fields)]));
  const after = new Map([...before].map(([end, labels]) => [end, new Set(labels)]));
  for (const { field, label } of fields) {
    const value = endOf(set, field);
    if (value === undefined) continue;
    for (const labels of after.values()) labels.delete(label);
    if (value === null) continue;
    const to = parseId(value).nativeId;
    after.set(to, (after.get(to) ?? new Set()).add(label));
  }
  return [...after].flatMap(([to, labels]) => {
    const old = before.get(to) ?? new Set();
    const isSame = old.size === labels.size && [...labels].every((label) => old.has(label));
    return isSame ? [] : [{ from: id, to, labels }];
  });
}

function labelsOf(end: LinkEnd, fields: readonly ReferralLinkField[]): ReadonlySet<string | null> {
  const ours = fields.filter(({ label }) => label === null || end.labels.includes(label));
  return new Set(ours.map(({ label }) => label));
}

async function takeApart(session: Session, object: string, pairs: readonly Pair[], call: CallOptions): Promise<void> {
  const inputs = pairs
    .filter(({ labels }) => labels.size === 0)
    .map(({ from, to }) => ({ _from: { id: from }, to: [{ id: to }] }));
  if (inputs.length === 0) return;
  const [mine, other] = paths(object);
  await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
    crm.associations.v4.batchApi.archive(mine, other, { inputs }),
  );
}

async function tie(
  session: Session,
  object: string,
  pairs: readonly Pair[],
  call: CallOptions,
): Promise<ReadonlyMap<string, CrmError>> {
  const kept = pairs.filter(({ labels }) => labels.size > 0);
  const [mine, other] = paths(object);
  const plain = kept.filter(({ labels }) => labels.has(null));
  const labelled = kept.filter(({ labels }) => !labels.has(null));
  const failed = new Map<string, CrmError>();
  if (plain.length > 0) {
    const inputs = plain.map(({ from, to }) => ({ _from: { id: from }, to: { id: to } }));
    const reply = await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
      crm.associations.v4.batchApi.createDefault(mine, other, { inputs }),
    );
    collect(failed, reply, plain);
  }
  if (labelled.length > 0) {
    const inputs = labelled.map(({ from, to, labels }) => ({
      _from: { id: from },
      to: { id: to },
      types: [...labels].map((label) => ({
        associationCategory: 'USER_DEFINED' as never,
        associationTypeId: session.referralLabels.get(label ?? '') ?? 0,
      })),
    }));
    const reply = await session.client.call(call, { writes: true, batch: true }, ({ crm }) =>
      crm.associations.v4.batchApi.create(mine, other, { inputs }),
    );
    collect(failed, reply, labelled);
  }
  return failed;
}

/** What the answer does not confirm has failed. */
function collect(
  failed: Map<string, CrmError>,
  reply: { readonly body: Readonly<Record<string, unknown>>; readonly servedAt: number | null },
  pairs: readonly Pair[],
): void {
  const [error] = itemErrors(reply);
  if (error === undefined) return;
  const made = madePairs(reply);
  for (const { from, to } of pairs) if (!made.has(`${from} ${to}`)) failed.set(from, itemError(error));
}

const paths = (object: string): readonly [string, string] => [
  hubspotObject(REFERRAL_OBJECT_NAME).path,
  hubspotObject(object).path,
];
