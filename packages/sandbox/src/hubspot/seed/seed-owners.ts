import type { BookOwner } from '../../book/book.ts';
import type { Portal } from '../state/portal.ts';

/** Makes the owners of a book into users of the account, and returns their owner ids by id in the book. */
export function seedOwners(portal: Portal, owners: readonly BookOwner[]): ReadonlyMap<string, string> {
  const at = Date.parse('2021-03-02T08:00:00.000Z');
  const ids = new Map<string, string>();
  owners.forEach((owner, index) => {
    const [firstName = '', ...rest] = owner.name.split(' ');
    const id = String(71_200_411 + index * 37);
    ids.set(owner.id, id);
    portal.owners.push({
      id,
      userId: 9_586_500 + index * 11,
      email: owner.email,
      firstName,
      lastName: rest.join(' '),
      createdAt: at,
      updatedAt: at,
      archived: !owner.active,
    });
  });
  return ids;
}
