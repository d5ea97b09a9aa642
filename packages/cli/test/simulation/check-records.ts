import type { Store } from '@holdfast/workflows';
import { kept } from './people.ts';
import { type SimWorld, survivorOf, violate } from './sim-world.ts';

/** After one window without a sweep: no live record missing or stale, and none too many. */
export async function checkAfterChanges(world: SimWorld, store: Store): Promise<void> {
  for (const entity of kept(world)) {
    const stored = new Map<string, Readonly<Record<string, unknown>>>();
    for await (const record of store.records(entity)) stored.set(record.id, record as never);
    const live = world.org.live(entity);
    for (const { id, updatedAt, fields } of live) {
      const record = stored.get(id);
      if (!record) violate(world, `missing ${id}`);
      else {
        const wanted: Readonly<Record<string, unknown>> = { ...fields, updatedAt };
        const stale = Object.keys(wanted).filter((field) => record[field] !== wanted[field]);
        for (const field of stale)
          violate(world, `stale ${id}: ${field} is ${String(wanted[field])}, stored ${String(record[field])}`);
      }
    }
    const ids = new Set(live.map(({ id }) => id));
    for (const id of stored.keys()) if (!ids.has(id)) violate(world, `gone but stored ${id}`);
  }
}

/** After a sweep the store also holds the relations and tasks that there are, and every old id leads to who survived. */
export async function checkAfterSweep(world: SimWorld, store: Store): Promise<void> {
  await checkAfterChanges(world, store);
  if (world.org.entities.includes('contactRole')) await checkRoles(world, store);
  if (world.org.entities.includes('task')) await checkTasks(world, store);
  const live = new Set(kept(world).flatMap((entity) => world.org.live(entity).map(({ id }) => id)));
  for (const id of world.merges.keys()) {
    const survivor = survivorOf(world, id);
    const now = await store.resolve(id);
    if (live.has(survivor) && now !== survivor && world.held.has(id))
      violate(world, `merged ${id} stands for ${now}, not ${survivor}`);
  }
  for (const id of live) if ((await store.resolve(id)) !== id) violate(world, `live ${id} stands for another`);
}

async function checkRoles(world: SimWorld, store: Store): Promise<void> {
  const stored: string[] = [];
  for await (const { accountId, contactId } of store.records('contactRole')) stored.push(`${accountId} ${contactId}`);
  // a record that was in the bin during a merge comes back with the old id of its account
  const lasting = world.org.roles().map((role) =>
    role
      .split(' ')
      .map((id) => survivorOf(world, id))
      .join(' '),
  );
  const [held, wanted] = [new Set(stored), new Set(lasting)];
  for (const role of wanted) if (!held.has(role)) violate(world, `missing role ${role}`);
  for (const role of held) if (!wanted.has(role)) violate(world, `gone but stored role ${role}`);
}

async function checkTasks(world: SimWorld, store: Store): Promise<void> {
  const stored = new Map<string, string | null>();
  for await (const { id, subject } of store.records('task')) stored.set(id, subject);
  for (const { id, subject } of world.org.tasks())
    if (stored.get(id) !== subject) violate(world, `task ${id} is stored as ${String(stored.get(id))}`);
  if (stored.size > world.org.tasks().length) violate(world, 'more tasks stored than there are');
}
