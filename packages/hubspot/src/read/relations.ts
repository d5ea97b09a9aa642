import {
  type AccountParent,
  type ContactRole,
  CrmError,
  type EntityName,
  type Id,
  type Page,
  qualifyId,
  type ReferralLink,
} from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { contactRole } from '../maps/contact-role.ts';
import { CHILD_TO_PARENT } from '../objects.ts';
import type { Session } from '../session.ts';
import { nativeIdsOf } from './ids.ts';
import { LINKS_PER_READ, type LinkEnd, readLinks } from './links.ts';

/** Entities that are links between two records, and the object whose records they are read for. */
export const RELATIONS = {
  contactRole: { from: 'contact', to: 'company', of: 'contact' },
  accountParent: { from: 'company', to: 'company', of: 'account' },
  referralLink: { from: 'contact', to: 'contact', of: 'contact' },
} as const satisfies {
  readonly [E in EntityName]?: { readonly from: string; readonly to: string; readonly of: EntityName };
};

export type RelationName = keyof typeof RELATIONS;

/** Whether the entity is read `of` another. */
export function isRelation(entity: EntityName): entity is RelationName {
  return entity in RELATIONS;
}

const { role, isPrimary } = contactRole.sources[0].fields;

type Relation = ContactRole | AccountParent | ReferralLink;

/** The whole set of relations of the given records (at most 1,000), each once. A record without any adds nothing. */
export async function readRelations(
  session: Session,
  entity: RelationName,
  ids: readonly Id[],
  call: CallOptions,
): Promise<Page> {
  const { from, to } = RELATIONS[entity];
  if (ids.length > LINKS_PER_READ) {
    throw new CrmError('invalid', `Links of at most ${LINKS_PER_READ} records can be read at once.`);
  }
  const found = await readLinks(session.client, from, to, nativeIdsOf({ object: from }, ids), call);
  const records = [...found].flatMap(([id, ends]) => ends.flatMap((end) => relation(session, entity, id, end)));
  return { records, rejects: [], gone: [], next: null, servedAt: null };
}

function relation(session: Session, entity: RelationName, from: string, end: LinkEnd): readonly Relation[] {
  const undated = { createdAt: null, updatedAt: null };
  if (entity === 'contactRole') {
    return [
      {
        id: pairId('contact', 'company', from, end.id),
        ...undated,
        accountId: qualifyId('company', end.id),
        contactId: qualifyId('contact', from),
        role: role.codec.decode([...new Set(end.labels)].sort().join(';'), session.codec),
        isPrimary: isPrimary.decode({ typeId: end.types }, session.codec),
      },
    ];
  }
  if (entity === 'accountParent') {
    if (!end.types.includes(CHILD_TO_PARENT)) return [];
    return [
      {
        id: pairId('company', 'company', from, end.id),
        ...undated,
        childId: qualifyId('company', from),
        parentId: qualifyId('company', end.id),
      },
    ];
  }
  if (session.referralTypeId === null || !end.types.includes(session.referralTypeId)) return [];
  return [referralLinkOf(from, end.id)];
}

/** The link between two contacts, by HubSpot's ids of who was referred and who referred. It has no dates. */
export function referralLinkOf(from: string, to: string): ReferralLink {
  return {
    ...{ id: pairId('contact', 'contact', from, to), createdAt: null, updatedAt: null, claimedAt: null },
    ...{ referredId: qualifyId('contact', from), referrerId: qualifyId('contact', to) },
  };
}

/** The id of a link, from its two ends. */
export function pairId(from: string, to: string, fromId: string, toId: string): Id {
  return qualifyId(`${from}-${to}`, `${fromId}-${toId}`);
}
