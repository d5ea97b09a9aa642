/** A stored value. Datetimes are whole seconds since the epoch (the platform keeps no milliseconds), dates `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null;

/** One record: cells by slot. A slot past the end or undefined is null. Arrays keep 400,000 records small. */
export type Row = (Cell | undefined)[];

/** Slots that every object has, whether or not its describe shows the field. */
export const slot = {
  id: 0,
  deleted: 1,
  created: 2,
  createdBy: 3,
  modified: 4,
  modifiedBy: 5,
  stamp: 6,
  owner: 7,
} as const;

/** The fixed slots by lower-case field name. */
export const fixedSlots: readonly (readonly [string, number])[] = [
  ['id', slot.id],
  ['isdeleted', slot.deleted],
  ['createddate', slot.created],
  ['createdbyid', slot.createdBy],
  ['lastmodifieddate', slot.modified],
  ['lastmodifiedbyid', slot.modifiedBy],
  ['systemmodstamp', slot.stamp],
  ['ownerid', slot.owner],
];

/** The record's 18-character id. */
export const idOf = (row: Row): string => row[slot.id] as string;

/** Last system modification in seconds. */
export const stampOf = (row: Row): number => row[slot.stamp] as number;

/** True for a row in the recycle bin. */
export const isDeleted = (row: Row): boolean => row[slot.deleted] === true;
