import type { Call } from '../org.ts';
import type { Author } from './commit.ts';

/** The author of an API call's writes. */
export const authorOf = (call: Call): Author => ({
  by: 'api',
  userId: call.user.id,
  request: call.number,
  undo: call.undo,
});
