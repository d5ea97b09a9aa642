import type { Clock, CodecContext, CrmCapabilities, EntityName, Maps } from '@holdfast/core';
import type { HubSpotClient } from './client.ts';
import type { SourcePlan } from './source-plan.ts';

/** A property of the portal's schema, as far as we use it. */
export interface PropertyInfo {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly hasUniqueValue: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly calculationFormula: string | null;
}

/** Properties by object (`company`), then by internal name. Absent objects cannot be read by this token. */
export type Schema = ReadonlyMap<string, ReadonlyMap<string, PropertyInfo>>;

/** One connection to one portal: everything that was probed at connect. */
export interface Session {
  readonly client: HubSpotClient;
  readonly clock: Clock;
  readonly codec: CodecContext;
  /** The maps with the portal's own property names laid over them. */
  readonly maps: Maps;
  readonly schema: Schema;
  /** What is asked for and decoded, by entity and source; only entities that can be read. */
  readonly plans: { readonly [E in EntityName]?: readonly SourcePlan[] };
  /** The name of the label between two contacts that says who referred whom, and whether the subscription has labels. */
  readonly referralLabel: string;
  readonly hasLabels: boolean;
  /** Type id of the label between a referred contact and the one who referred; `null` where the portal has none. */
  readonly referralTypeId: number | null;
  /** Type ids of the labels between a referral of ours and others, by label. */
  readonly referralLabels: ReadonlyMap<string, number>;
  /** Whether notes are switched on. */
  readonly notes: boolean;
  readonly capabilities: CrmCapabilities;
}
