import { grown } from '../../graph/grown.ts';
import { openTextColumn } from '../../ledger/text-column.ts';
import type { Id } from '../../model/ids.ts';
import { EVIDENCE_CLASSES } from '../entities/evidence-class.ts';
import type { Touch } from '../entities/touch.ts';

/** Touches by party, kept as columns: a million of them fit into some 40 MB, and become objects only for a sale. */
export interface TouchTable {
  readonly add: (touch: Touch) => void;
  /** The touches of a party by some people, in the order in which they came; each key once. */
  readonly of: (subjectId: Id, people: readonly Id[]) => readonly Touch[];
  /** What was said of one record is said of another from now on: as a party, and unless `only` that as whoever referred. */
  readonly merge: (loserId: Id, survivorId: Id, only?: 'subject') => void;
}

const NONE = -1;

/** An empty table. */
export function openTouchTable(): TouchTable {
  const ids: Id[] = [];
  const numbers = new Map<Id, number>();
  const keys = openTextColumn();
  /** By the number of a party: its newest touch + 1; 0: none. */
  let heads = new Int32Array(1024);
  let columns = makeColumns(1024);

  const find = (id: Id): number => numbers.get(id) ?? NONE;
  const numberOf = (id: Id): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, ids.length);
    return ids.push(id) - 1;
  };
  const headOf = (party: number) => (heads[party] ?? 0) - 1;
  const setHead = (party: number, place: number): void => {
    heads = grown(heads, party);
    heads[party] = place + 1;
  };
  const touchAt = (place: number, subjectId: Id): Touch => ({
    key: keys.at(place),
    participantId: ids[columns.people[place]!]!,
    subjectId,
    evidence: EVIDENCE_CLASSES[columns.evidence[place]!]!,
    occurredAt: columns.occurredAt[place]!,
    recordedAt: columns.recordedAt[place]!,
    sourceId: columns.sources[place] === NONE ? null : ids[columns.sources[place]!]!,
  });

  return {
    add: (touch) => {
      const place = keys.size;
      if (place === columns.next.length) columns = growColumns(columns);
      const subject = numberOf(touch.subjectId);
      keys.push(touch.key);
      columns.people[place] = numberOf(touch.participantId);
      columns.evidence[place] = EVIDENCE_CLASSES.indexOf(touch.evidence);
      columns.occurredAt[place] = touch.occurredAt;
      columns.recordedAt[place] = touch.recordedAt;
      columns.sources[place] = touch.sourceId === null ? NONE : numberOf(touch.sourceId);
      columns.next[place] = headOf(subject);
      setHead(subject, place);
    },
    of: (subjectId, people) => {
      const subject = find(subjectId);
      const meant = people.map(find);
      const found = new Map<string, Touch>();
      for (let place = headOf(subject); place !== NONE; place = columns.next[place]!) {
        if (!meant.includes(columns.people[place]!)) continue;
        const touch = touchAt(place, subjectId);
        found.set(touch.key, touch);
      }
      return [...found.values()].reverse();
    },
    merge: (loserId, survivorId, only) => {
      const loser = find(loserId);
      if (loser < 0) return;
      const survivor = numberOf(survivorId);
      for (let place = 0; only === undefined && place < keys.size; place += 1)
        if (columns.people[place] === loser) columns.people[place] = survivor;
      const head = headOf(loser);
      if (head === NONE) return;
      let last = head;
      while (columns.next[last] !== NONE) last = columns.next[last]!;
      columns.next[last] = headOf(survivor);
      setHead(survivor, head);
      setHead(loser, NONE);
    },
  };
}

function makeColumns(length: number) {
  return {
    people: new Int32Array(length),
    sources: new Int32Array(length),
    next: new Int32Array(length),
    evidence: new Uint8Array(length),
    occurredAt: new Float64Array(length),
    recordedAt: new Float64Array(length),
  };
}

function growColumns(from: ReturnType<typeof makeColumns>): ReturnType<typeof makeColumns> {
  const to = makeColumns(from.next.length * 2);
  to.people.set(from.people);
  to.sources.set(from.sources);
  to.next.set(from.next);
  to.evidence.set(from.evidence);
  to.occurredAt.set(from.occurredAt);
  to.recordedAt.set(from.recordedAt);
  return to;
}
