import { type OwnedObjectField, REFERRAL_OBJECT } from '@holdfast/core';
import type { CallOptions, HubSpotClient } from './client.ts';
import { asObject } from './json.ts';
import { maps } from './maps/index.ts';
import { hubspotObject } from './objects.ts';
import { resultsOf } from './requests.ts';

/** Our own object by the name that qualifies its ids. */
export const REFERRAL_OBJECT_NAME = 'holdfast_referral';

/** A link of a referral: to one record of `object`, by this label or, where it is `null`, by the plain link. */
export interface ReferralLinkField {
  readonly field: string;
  readonly object: string;
  readonly label: string | null;
}

const OBJECT_OF = { contact: 'contact', account: 'company', opportunity: 'deal' } as const;

/** Every link of a referral, from the map. */
export const REFERRAL_LINKS: readonly ReferralLinkField[] = Object.entries(rulesOf()).flatMap(([field, rule]) =>
  rule.rule === 'link'
    ? [{ field, object: OBJECT_OF[rule.to as keyof typeof OBJECT_OF], label: rule.label ?? null }]
    : [],
);

/** The fields of a referral that are properties. */
export const REFERRAL_PROPERTIES: readonly OwnedObjectField[] = REFERRAL_OBJECT.fields.filter(
  ({ type }) => type.kind !== 'link',
);

function rulesOf(): Readonly<Record<string, { readonly rule: string; readonly to?: string; readonly label?: string }>> {
  const map = maps.referral;
  return 'unavailable' in map ? {} : (map.sources[0]?.fields ?? {});
}

/** The labels that the portal has between referrals and others, with their type ids. */
export async function readReferralLabels(
  client: HubSpotClient,
  call: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const object of new Set(REFERRAL_LINKS.flatMap(({ object, label }) => (label === null ? [] : object)))) {
    const reply = await client.call(call, {}, ({ crm }) =>
      crm.associations.v4.schema.definitionsApi.getAll(
        hubspotObject(REFERRAL_OBJECT_NAME).path,
        hubspotObject(object).path,
      ),
    );
    for (const raw of resultsOf(reply)) {
      const { label, typeId } = asObject(raw);
      if (typeof label === 'string') found.set(label, Number(typeId));
    }
  }
  return found;
}
