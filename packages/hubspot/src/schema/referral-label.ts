import { CrmError, type SchemaChange, type SchemaPlan } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { nativeIdOf } from '../decode.ts';
import { hubspotObject } from '../objects.ts';
import { REFERRAL_LABEL } from '../options.ts';
import { referralLabel } from '../probe.ts';
import { readLinks } from '../read/links.ts';
import { listPage, nextAfter, resultsOf } from '../requests.ts';
import type { Session } from '../session.ts';
import { orAlready } from './or-already.ts';

/** What the changes of the label between two contacts are planned on. */
export const CONTACT_PAIR = 'contact-contact';

const INVERSE = 'Referred';
const { path } = hubspotObject('contact');
/** Pages of contacts that are looked through for somebody who uses the label: 20,000 people. */
const MOST_PAGES = 200;

/**
 * The pair of labels "Referred by" and "Referred" between two contacts, where the subscription has labels and the portal
 * none of that name. Taken away only where it has the name that Holdfast gives it and ties nobody.
 */
export async function planReferralLabel(
  session: Session,
  target: 'installed' | 'removed',
  call: CallOptions,
): Promise<SchemaPlan> {
  const nothing: SchemaPlan = { changes: [], refusals: [], uses: [] };
  const { client, referralLabel: name, hasLabels } = session;
  if (!hasLabels) return nothing;
  const typeId = await referralLabel(client, name, call);
  if (target === 'installed') return typeId === null ? { ...nothing, changes: [change('create', name)] } : nothing;
  if (typeId === null || name !== REFERRAL_LABEL) return nothing;
  const isUsed = await tiesAnybody(session, typeId, call);
  return isUsed === false ? { ...nothing, changes: [change('remove', name)] } : { ...nothing, uses: [kept(isUsed)] };
}

function change(action: 'create' | 'remove', name: string): SchemaChange {
  return { id: `${CONTACT_PAIR}/label/${name}`, action, what: 'pair of labels', object: CONTACT_PAIR, name };
}

function kept(isUsed: true | null): string {
  const why = isUsed ? 'ties people to who referred them' : `may tie people beyond the first ${MOST_PAGES * 100}`;
  return `The label "${REFERRAL_LABEL}" between contacts ${why}, so it stays: delete it in the settings if nobody needs it.`;
}

/** Whether the label ties any two contacts; `null` where there are too many to look through. */
async function tiesAnybody({ client }: Session, typeId: number, call: CallOptions): Promise<boolean | null> {
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked = { after, properties: ['hs_object_id'], associations: [], archived: false };
    const reply = await listPage(client, path, asked, call);
    const ids = resultsOf(reply).flatMap((raw) => nativeIdOf(raw) ?? []);
    const links = await readLinks(client, 'contact', 'contact', ids, call);
    if ([...links.values()].some((ends) => ends.some(({ types }) => types.includes(typeId)))) return true;
    after = nextAfter(reply.body) ?? undefined;
    if (after === undefined) return false;
  }
  return null;
}

/** Carries out one change of the plan. */
export async function applyReferralLabel(session: Session, planned: SchemaChange, call: CallOptions): Promise<void> {
  const { client, referralLabel: label } = session;
  if (planned.name !== label) throw new CrmError('invalid', `${planned.name} is no label of ours: plan anew.`);
  if (planned.action === 'create') {
    const name = label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
    await orAlready('conflict', () =>
      client.call(call, { writes: true }, ({ crm }) =>
        crm.associations.v4.schema.definitionsApi.create(path, path, { name, label, inverseLabel: INVERSE }),
      ),
    );
    return;
  }
  const typeId = await referralLabel(client, label, call);
  if (typeId === null) return;
  await orAlready('not-found', () =>
    client.call(call, { writes: true }, ({ crm }) =>
      crm.associations.v4.schema.definitionsApi.remove(path, path, typeId),
    ),
  );
}
