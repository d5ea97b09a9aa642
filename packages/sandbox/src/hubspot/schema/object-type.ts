import type { PropertyInput } from './property.ts';

/** The subscription tiers, lowest first. */
const tiers = ['free', 'starter', 'professional', 'enterprise'] as const;
export type HubSpotTier = (typeof tiers)[number];

/** What the emulator knows of one kind of record before anyone has written anything. */
export interface ObjectType {
  /** Type id: `0-2`; custom objects `2-N`. */
  readonly id: string;
  /** Plural name, as in paths: `companies`. */
  readonly name: string;
  readonly singular: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  /** Contacts alone keep `lastmodifieddate`. */
  readonly modified: 'hs_lastmodifieddate' | 'lastmodifieddate';
  readonly created: 'createdate' | 'hs_createdate';
  /** What an answer holds when no properties are asked for. */
  readonly defaults: readonly string[];
  readonly required: readonly string[];
  readonly searchable: readonly string[];
  readonly group: string;
  readonly properties: readonly PropertyInput[];
  /** The middle of the scope: `crm.objects.{scope}.read`. */
  readonly scope: string;
  readonly readOnly: boolean;
  readonly mergeable: boolean;
  /** Whether records of this type count as activity on the records they are linked to. */
  readonly activity: boolean;
  readonly minTier: HubSpotTier;
  /** Where ids begin; the real ones are large and do not rise strictly. */
  readonly idBase: number;
}

type Given = Pick<ObjectType, 'id' | 'name' | 'singular' | 'labels' | 'group' | 'properties' | 'idBase'> &
  Partial<ObjectType>;

/** An object type with the usual defaults filled in. */
export function defineObject(given: Given): ObjectType {
  const created = given.created ?? 'hs_createdate';
  const modified = given.modified ?? 'hs_lastmodifieddate';
  return {
    required: [],
    searchable: [],
    scope: given.name,
    readOnly: false,
    mergeable: false,
    activity: false,
    minTier: 'free',
    ...given,
    created,
    modified,
    defaults: [...new Set([created, modified, 'hs_object_id', ...(given.defaults ?? [])])],
  };
}

/** Whether a subscription reaches a tier. */
export function reaches(tier: HubSpotTier, needed: HubSpotTier): boolean {
  return tiers.indexOf(tier) >= tiers.indexOf(needed);
}
