import { notFound } from '../http/api-error.ts';
import { type Call, limitParam, ok, type Reply } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { Owner } from '../state/owner.ts';
import { isoInstant } from '../state/values.ts';

/** Owners. One endpoint ends with a slash in the client, which makes no difference here. */
export const ownerRoutes: readonly Route[] = [
  {
    method: 'GET',
    dated: '/crm/owners/{V}',
    classic: ['/crm/v3/owners'],
    scopes: ['crm.objects.owners.read'],
    handle: list,
  },
  {
    method: 'GET',
    dated: '/crm/owners/{V}/{id}',
    classic: ['/crm/v3/owners/{id}'],
    scopes: ['crm.objects.owners.read'],
    handle: get,
  },
];

/** An archived owner has no user id any more. */
function ownerJson(owner: Owner): object {
  return {
    id: owner.id,
    email: owner.email,
    type: 'PERSON',
    firstName: owner.firstName,
    lastName: owner.lastName,
    ...(owner.archived
      ? { userIdIncludingInactive: owner.userId }
      : { userId: owner.userId, userIdIncludingInactive: owner.userId }),
    createdAt: isoInstant(owner.createdAt),
    updatedAt: isoInstant(owner.updatedAt),
    archived: owner.archived,
  };
}

function list(call: Call): Reply {
  const archived = call.query.get('archived') === 'true';
  const email = call.query.get('email');
  const limit = limitParam(call.query, 100, 500);
  const all = call.portal.owners.filter(
    (owner) => owner.archived === archived && (email === null || owner.email === email),
  );
  const after = call.query.get('after');
  const from =
    after === null
      ? 0
      : Math.max(
          0,
          all.findIndex((owner) => owner.id === after),
        );
  const next = all[from + limit];
  const link = next === undefined ? '' : `${call.origin}${call.path}?after=${next.id}&limit=${limit}`;
  return ok({
    results: all.slice(from, from + limit).map(ownerJson),
    ...(next === undefined ? {} : { paging: { next: { after: next.id, link } } }),
  });
}

function get(call: Call): Reply {
  const { id } = call.params;
  const archived = call.query.get('archived') === 'true';
  const byUser = call.query.get('idProperty') === 'userId';
  const owner = call.portal.owners.find(
    (one) => (byUser ? String(one.userId) : one.id) === id && one.archived === archived,
  );
  if (owner === undefined) throw notFound(`Owner ${id} does not exist`);
  return ok(ownerJson(owner));
}
