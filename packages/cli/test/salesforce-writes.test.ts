import { salesforceView } from './org-view.ts';
import { describeWrites } from './what-is-written.ts';
import { salesforceWorld, smallBook } from './world.ts';

const book = smallBook(60);

describeWrites('salesforce', book, async () => {
  const world = await salesforceWorld({}, book);
  return { world, view: salesforceView(world.emulator) };
});
