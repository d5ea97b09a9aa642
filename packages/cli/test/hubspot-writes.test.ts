import { hubspotView } from './org-view.ts';
import { describeWrites } from './what-is-written.ts';
import { hubspotWorld, smallBook } from './world.ts';

const book = smallBook(60);

describeWrites('hubspot', book, async () => {
  const world = await hubspotWorld({ book });
  return { world, view: hubspotView(world.emulator) };
});
