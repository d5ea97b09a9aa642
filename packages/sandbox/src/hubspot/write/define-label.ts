import type { AssociationType } from '../schema/association-type.ts';
import type { Portal } from '../state/portal.ts';

/** A label between two object types, and its name from the other side where that differs. */
export interface LabelPair {
  readonly typeId: number;
  readonly inverseTypeId: number;
  readonly label: string;
  readonly inverseLabel: string;
}

/** Defines a user's label pair: both sides, or one side that is its own inverse when the ids are the same. */
export function defineLabelPair(portal: Portal, from: string, to: string, pair: LabelPair): readonly AssociationType[] {
  const side = (typeId: number, a: string, b: string, label: string, inverse: number): AssociationType => ({
    typeId,
    category: 'USER_DEFINED',
    from: a,
    to: b,
    name: label.toLowerCase().replaceAll(' ', '_'),
    label,
    inverse,
    primary: false,
  });
  const types = [side(pair.typeId, from, to, pair.label, pair.inverseTypeId)];
  if (pair.inverseTypeId !== pair.typeId)
    types.push(side(pair.inverseTypeId, to, from, pair.inverseLabel, pair.typeId));
  for (const type of types) portal.associationTypes.set(type.typeId, type);
  return types;
}

/** The next two free ids for labels; they begin where the vendor's own small ids leave room. */
export function nextLabelIds(portal: Portal): readonly [number, number] {
  let free = 36;
  while (portal.associationTypes.has(free) || portal.associationTypes.has(free + 1)) free += 1;
  return [free, free + 1];
}
