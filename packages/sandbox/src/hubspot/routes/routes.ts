import type { Route } from '../http/route.ts';
import { accountRoutes } from './account.ts';
import { associationBatchRoutes } from './association-batches.ts';
import { associationReadRoutes } from './association-reads.ts';
import { associationSingleRoutes } from './association-singles.ts';
import { batchRoutes } from './batches.ts';
import { labelRoutes } from './labels.ts';
import { mergeRoutes } from './merges.ts';
import { oauthRoutes } from './oauth.ts';
import { objectRoutes } from './objects.ts';
import { ownerRoutes } from './owners.ts';
import { pipelineRoutes } from './pipelines.ts';
import { propertyRoutes } from './properties.ts';
import { propertyGroupRoutes } from './property-groups.ts';
import { schemaRoutes } from './schemas.ts';
import { searchRoutes } from './search.ts';

/** Every endpoint of the emulator, each under its dated and its classic paths. */
export const routes: readonly Route[] = [
  ...objectRoutes,
  ...batchRoutes,
  ...searchRoutes,
  ...mergeRoutes,
  ...associationReadRoutes,
  ...associationBatchRoutes,
  ...associationSingleRoutes,
  ...labelRoutes,
  ...propertyRoutes,
  ...propertyGroupRoutes,
  ...ownerRoutes,
  ...pipelineRoutes,
  ...schemaRoutes,
  ...accountRoutes,
  ...oauthRoutes,
];
