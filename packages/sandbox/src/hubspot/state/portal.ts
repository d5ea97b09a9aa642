import type { JournalEntry, SandboxClock } from '../../server/emulator.ts';
import type { AssociationType } from '../schema/association-type.ts';
import { builtInAssociationTypes } from '../schema/association-type.ts';
import type { HubSpotTier, ObjectType } from '../schema/object-type.ts';
import { namesOf, objectTypes } from '../schema/object-types.ts';
import { initialPipelines, type Pipeline } from '../schema/pipeline.ts';
import { createLinks, type Links } from './links.ts';
import type { Owner } from './owner.ts';
import { createTable, type Table } from './table.ts';

/** What is fixed about a portal when it is made. */
export interface PortalSettings {
  readonly tier: HubSpotTier;
  readonly clock: SandboxClock;
  readonly seed: number;
  readonly portalId: number;
  readonly indexLagMs: number;
  readonly timeZone: string;
  readonly currency: string;
  /** Price of one unit of a currency in the company's own; a currency without a rate has none. */
  readonly exchangeRates: Readonly<Record<string, number>>;
  readonly accountType: 'STANDARD' | 'SANDBOX' | 'DEVELOPER_TEST';
  readonly keepJournal: boolean;
  /** Most custom properties per object, over the tier's own limit. */
  readonly propertyLimit: number | undefined;
}

/** The whole state of one emulated HubSpot account. */
export interface Portal extends PortalSettings {
  /** By object type id. */
  readonly tables: Map<string, Table>;
  /** By every name in lower case: `companies`, `company`, `0-2`. */
  readonly names: Map<string, Table>;
  readonly associationTypes: Map<number, AssociationType>;
  readonly links: Links;
  /** Names of custom objects that were deleted and not yet purged: they cannot be used again. */
  readonly deletedSchemas: Set<string>;
  readonly owners: Owner[];
  readonly pipelines: Map<string, Pipeline[]>;
  readonly journal: JournalEntry[];
  readonly calls: Map<string, number>;
  /** Number of the last commit. */
  sequence: number;
  /** Number of the request being answered; 0 outside of one. */
  request: number;
  /** The caller may not see what stands in mails. */
  hidesMails: boolean;
}

/** A portal with the standard objects, links and pipelines, and no records. */
export function createPortal(settings: PortalSettings): Portal {
  const bornAt = Date.parse('2021-01-11T09:00:00.000Z');
  const portal: Portal = {
    ...settings,
    tables: new Map(),
    names: new Map(),
    associationTypes: new Map(builtInAssociationTypes().map((type) => [type.typeId, type])),
    links: createLinks(),
    deletedSchemas: new Set(),
    owners: [],
    pipelines: initialPipelines(settings.tier, bornAt),
    journal: [],
    calls: new Map(),
    sequence: 0,
    request: 0,
    hidesMails: false,
  };
  for (const type of objectTypes) addTable(portal, type, bornAt);
  return portal;
}

/** Adds an object type, with its names. */
export function addTable(portal: Portal, type: ObjectType, at: number): Table {
  const table = createTable(type, at);
  portal.tables.set(type.id, table);
  for (const name of namesOf(type)) portal.names.set(name.toLowerCase(), table);
  return table;
}

/** Takes an object type away with its names and its kinds of links. */
export function dropTable(portal: Portal, { type }: Table): void {
  portal.tables.delete(type.id);
  for (const name of namesOf(type)) portal.names.delete(name.toLowerCase());
  for (const [typeId, kind] of portal.associationTypes)
    if (kind.from === type.id || kind.to === type.id) portal.associationTypes.delete(typeId);
}

/** The table that a path means by `companies`, `company`, `COMPANY` or `0-2`; undefined for no such type. */
export function tableNamed(portal: Portal, name: string): Table | undefined {
  return portal.names.get(name.toLowerCase());
}
