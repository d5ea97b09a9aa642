import type { EntityName, OrgProfile, Problem, Rule, Source } from '@holdfast/core';
import type { CallOptions } from './client.ts';
import { asObject } from './json.ts';
import { hubspotObject } from './objects.ts';
import { resultsOf, type SearchFilter, search } from './requests.ts';
import type { Session } from './session.ts';

/** A profile that leaves out more than this many values of one kind is told so without counting on. */
const MOST_TOLD = 20;

/** Where a kind of value stands, and which values the profile speaks of. */
interface ValueCheck {
  readonly entity: EntityName;
  readonly field: string;
  readonly kind: string;
  readonly known: readonly string[];
}

/** Values that occur in the portal and that the profile says nothing of: an unmapped one is a problem, never a default. */
export async function profileProblems(
  session: Session,
  profile: OrgProfile,
  call: CallOptions,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [...(await bookOfContacts(session, profile, call))];
  for (const check of checksOf(profile)) {
    for (const value of await unmappedValues(session, check, call)) {
      problems.push({
        severity: 'error',
        code: 'unmapped-value',
        message: `The ${check.kind} "${value}" is in use and the profile does not say what it means: run "holdfast init", or add it.`,
      });
    }
  }
  return problems;
}

function checksOf(profile: OrgProfile): readonly ValueCheck[] {
  const stages = Object.keys(profile.opportunities.stages).map((key) => key.slice(key.indexOf('/') + 1));
  const checks: ValueCheck[] = [
    { entity: 'account', field: 'lifecycle', kind: 'lifecycle stage', known: Object.keys(profile.book.lifecycles) },
    {
      entity: 'opportunity',
      field: 'pipeline',
      kind: 'deal pipeline',
      known: Object.keys(profile.opportunities.pipelines),
    },
    { entity: 'opportunity', field: 'stage', kind: 'deal stage', known: stages },
    { entity: 'ticket', field: 'stage', kind: 'ticket status', known: stageNames(profile.tickets.stages) },
    { entity: 'order', field: 'status', kind: 'order status', known: Object.keys(profile.orders.statuses) },
  ];
  return checks;
}

function stageNames(stages: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(stages).map((key) => key.slice(key.indexOf('/') + 1));
}

/** Asks for one record with another value than those known, again and again, until none is left. */
async function unmappedValues(session: Session, check: ValueCheck, call: CallOptions): Promise<readonly string[]> {
  const place = placeOf(session, check);
  if (place === null) return [];
  const found: string[] = [];
  while (found.length < MOST_TOLD) {
    const known = [...new Set([...check.known, ...found])];
    const filters: SearchFilter[] = [{ propertyName: place.name, operator: 'HAS_PROPERTY' }];
    if (known.length > 0) filters.push({ propertyName: place.name, operator: 'NOT_IN', values: known });
    const query = { filters, properties: [place.name], limit: 1 };
    const reply = await search(session.client, hubspotObject(place.object).path, query, call);
    const value = asObject(asObject(resultsOf(reply)[0])['properties'])[place.name];
    if (typeof value !== 'string' || value === '' || known.includes(value)) break;
    found.push(value);
  }
  return found;
}

function placeOf(session: Session, check: ValueCheck): { readonly object: string; readonly name: string } | null {
  const map = session.maps[check.entity];
  if (session.capabilities.read[check.entity] === undefined || 'unavailable' in map) return null;
  const source = map.sources[0] as Source<EntityName> | undefined;
  const rule = (source?.fields as Readonly<Record<string, Rule<unknown>>> | undefined)?.[check.field];
  if (source === undefined || rule?.rule !== 'field') return null;
  // a filter on a property that does not exist finds nothing and says nothing (T8)
  return session.schema.get(source.object)?.has(rule.name) ? { object: source.object, name: rule.name } : null;
}

/**
 * A portal that sells to persons keeps its customers among the contacts, and no company is one. Such a book cannot be
 * scored yet, and must not look like an empty one.
 */
async function bookOfContacts(session: Session, profile: OrgProfile, call: CallOptions): Promise<readonly Problem[]> {
  const { lifecycles, wonOpportunity, activeContract } = profile.book;
  const customers = Object.keys(lifecycles).filter((value) => lifecycles[value] === 'customer');
  const place = placeOf(session, { entity: 'account', field: 'lifecycle', kind: 'lifecycle stage', known: [] });
  if (place?.name !== 'lifecyclestage' || customers.length === 0 || wonOpportunity || activeContract) return [];
  if (!session.schema.get('contact')?.has(place.name)) return [];
  const filters: SearchFilter[] = [{ propertyName: place.name, operator: 'IN', values: customers }];
  const isAny = async (object: string) => {
    const query = { filters, properties: [place.name], limit: 1 };
    return resultsOf(await search(session.client, hubspotObject(object).path, query, call)).length > 0;
  };
  if ((await isAny('company')) || !(await isAny('contact'))) return [];
  const message =
    'The customers of this portal are contacts and no company is one; Holdfast keeps books of companies only so far: give the companies of your customers their lifecycle stage, or wait for books of contacts.';
  return [{ severity: 'error', code: 'book-of-contacts', message }];
}
