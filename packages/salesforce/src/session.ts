import type { Clock, CodecContext, CrmCapabilities, CrmEvent, EntityName } from '@holdfast/core';
import { CrmError } from '@holdfast/core';
import type { Bound, BoundEntity } from './bind.ts';
import type { Client } from './client.ts';
import type { Shapes } from './describe.ts';
import type { SalesforceOptions } from './options.ts';
import type { Org } from './org.ts';

/** Everything that a connected adapter works with; fixed at connect. */
export interface Session {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: (event: CrmEvent) => void;
  readonly options: SalesforceOptions;
  readonly org: Org;
  readonly context: CodecContext;
  readonly bound: Bound;
  readonly shapes: Shapes;
  /** What the org calls a task that is done; `null` where nobody asked or none is told. */
  readonly closedStatus: string | null;
  readonly capabilities: CrmCapabilities;
}

/** How an entity is read in this org; throws `invalid` with the reason when it is not. */
export function boundEntity(session: Session, entity: EntityName): BoundEntity {
  const bound = session.bound[entity];
  if ('unavailable' in bound)
    throw new CrmError('invalid', `Salesforce cannot give "${entity}" here. ${bound.unavailable}.`);
  return bound;
}
