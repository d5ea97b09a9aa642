import type { Problem, SchemaChange, SchemaPlan } from '@holdfast/core';
import type { CallOptions } from '../client.ts';
import { hubspotObject } from '../objects.ts';
import { search } from '../requests.ts';
import type { Session } from '../session.ts';
import { differsFrom, missingOptions, otherType } from './compare.ts';
import { type LiveObject, readLiveSchema } from './live-schema.ts';
import { planReferralLabel } from './referral-label.ts';
import { planReferral } from './referral-object.ts';
import { GROUP, type WantedProperty, wantedProperties } from './wanted.ts';

/** What would be made or taken away, from the portal as it stands now. Only the group `holdfast` and what is in core's list. */
export async function planSchema(
  session: Session,
  target: 'installed' | 'removed',
  signal: AbortSignal | undefined,
): Promise<SchemaPlan> {
  const call: CallOptions = { purpose: 'schema', signal };
  // what was installed while notes were switched on goes too
  const wanted = wantedProperties(session.notes || target === 'removed');
  const objects = await readLiveSchema(session.client, [...new Set(wanted.map(({ object }) => object))], call);
  const plans: SchemaPlan[] = [];
  for (const live of objects) {
    plans.push(target === 'installed' ? planInstall(live) : await planRemoval(session, live, call));
  }
  plans.push(await planReferral(session.client, target, call), await planReferralLabel(session, target, call));
  return {
    changes: plans.flatMap((plan) => plan.changes),
    refusals: plans.flatMap((plan) => plan.refusals),
    uses: plans.flatMap((plan) => plan.uses),
  };
}

function planInstall(live: LiveObject): SchemaPlan {
  const refusals: Problem[] = [];
  const changes: SchemaChange[] = [];
  const toCreate: WantedProperty[] = [];
  for (const wanted of wantedOf(live)) {
    const found = live.live.get(wanted.name) ?? live.archived.get(wanted.name);
    const difference = found === undefined ? null : differsFrom(wanted, found);
    if (difference !== null) refusals.push(otherType(wanted, difference));
    else if (!live.live.has(wanted.name)) toCreate.push(wanted);
    else if (found !== undefined && missingOptions(wanted, found).length > 0) {
      const what = `options of the property: ${missingOptions(wanted, found).join(', ')}`;
      changes.push(change(wanted.object, wanted.name, 'update', what));
    }
  }
  const { fitting, leftOut } = fit(toCreate, live);
  if (leftOut.length > 0) refusals.push(noRoom(live, leftOut));
  const creations = fitting.map((wanted) => {
    const what = live.archived.has(wanted.name) ? 'property, brought back from the archive' : 'property';
    return change(wanted.object, wanted.name, 'create', what);
  });
  const group =
    creations.length > 0 && !live.hasGroup ? [change(live.object, GROUP.name, 'create', 'property group')] : [];
  return { changes: [...group, ...creations, ...changes], refusals, uses: [] };
}

/** On a portal with little room the minimal set comes first; what does not fit is named. */
function fit(
  wanted: readonly WantedProperty[],
  live: LiveObject,
): { readonly fitting: readonly WantedProperty[]; readonly leftOut: readonly WantedProperty[] } {
  if (live.room === null || wanted.length <= live.room) return { fitting: wanted, leftOut: [] };
  const isNeeded = (one: WantedProperty) => one.owned.minimal || one.owned.type.kind === 'key';
  const minimal = wanted.filter(isNeeded);
  const fitting = minimal.slice(0, live.room);
  return { fitting, leftOut: wanted.filter((one) => !fitting.includes(one)) };
}

function noRoom(live: LiveObject, leftOut: readonly WantedProperty[]): Problem {
  const isMinimalLost = leftOut.some((one) => one.owned.minimal);
  const names = leftOut.map((one) => one.name).join(', ');
  return {
    severity: isMinimalLost ? 'error' : 'warning',
    code: 'property-limit',
    message: `The portal has room for ${live.room} more custom properties on ${live.object}, so these are left out: ${names}. Archive some of your own, or take a larger subscription, then install again.`,
  };
}

async function planRemoval(session: Session, live: LiveObject, call: CallOptions): Promise<SchemaPlan> {
  const refusals: Problem[] = [];
  const changes: SchemaChange[] = [];
  for (const wanted of wantedOf(live)) {
    const found = live.live.get(wanted.name);
    if (found === undefined) continue;
    const difference = differsFrom(wanted, found);
    if (difference !== null) refusals.push(otherType(wanted, difference));
    else if (wanted.owned.writer === 'people' && (await isFilled(session, wanted, call))) refusals.push(typed(wanted));
    else changes.push(change(wanted.object, wanted.name, 'remove', 'property with its values'));
  }
  const ours = new Set(changes.map(({ name }) => name));
  const others = [...live.live.values()].filter((one) => one.groupName === GROUP.name && !ours.has(one.name));
  if (live.hasGroup && others.length === 0) changes.push(change(live.object, GROUP.name, 'remove', 'property group'));
  return { changes, refusals, uses: usesOf(live, ours) };
}

/** Whether any record holds a value that a person typed. */
async function isFilled(session: Session, wanted: WantedProperty, call: CallOptions): Promise<boolean> {
  const filters = [{ propertyName: wanted.name, operator: 'HAS_PROPERTY' }] as const;
  const { path } = hubspotObject(wanted.object);
  const reply = await search(session.client, path, { filters, properties: ['hs_object_id'], limit: 1 }, call);
  return Number(reply.body['total'] ?? 0) > 0;
}

function typed(wanted: WantedProperty): Problem {
  return {
    severity: 'warning',
    code: 'typed-values',
    message: `People have filled in ${wanted.name} of ${wanted.object}, so it stays: clear its values or archive it yourself.`,
  };
}

/** Calculated properties that name one of ours. Lists, workflows and reports are not told by this API. */
function usesOf(live: LiveObject, ours: ReadonlySet<string>): readonly string[] {
  return [...live.live.values()].flatMap((property) => {
    const named = (property.calculationFormula?.match(/\w+/g) ?? []).filter((word) => ours.has(word));
    return [...new Set(named)].map(
      (name) =>
        `The calculated property ${property.name} of ${live.object} uses ${name}: HubSpot refuses to remove it.`,
    );
  });
}

function wantedOf(live: LiveObject): readonly WantedProperty[] {
  return wantedProperties(true).filter((wanted) => wanted.object === live.object);
}

function change(object: string, name: string, action: SchemaChange['action'], what: string): SchemaChange {
  return { id: `${object}/${what === 'property group' ? 'group' : 'property'}/${name}`, action, what, object, name };
}
