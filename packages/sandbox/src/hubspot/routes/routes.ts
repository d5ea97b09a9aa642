import type { Route } from '../http/route.ts';
import { batchRoutes } from './batches.ts';
import { objectRoutes } from './objects.ts';
import { searchRoutes } from './search.ts';

/** Every endpoint of the emulator, in both path families. */
export const routes: readonly Route[] = [...objectRoutes, ...batchRoutes, ...searchRoutes];
