import type { Id } from '../../model/ids.ts';
import { EVIDENCE_CLASSES } from '../entities/evidence-class.ts';
import type { Touch } from '../entities/touch.ts';

/** Touches by party, kept as columns: a million of them fit into some 40 MB, and become objects only for a sale. */
export interface TouchTable {
  readonly add: (touch: Touch) => void;
  /** The touches of a party, in the order in which they came; each key once. */
  readonly of: (subjectId: Id) => readonly Touch[];
  /** What was said of one record is said of another from now on: as a party, and as whoever referred. */
  readonly merge: (loserId: Id, survivorId: Id) => void;
}

const NONE = -1;

/** An empty table. */
export function openTouchTable(): TouchTable {
  const ids: Id[] = [];
  const numbers = new Map<Id, number>();
  const heads = new Map<number, number>();
  let size = 0;
  let columns = makeColumns(1024);
  const keys: string[] = [];

  const numberOf = (id: Id): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, ids.length);
    return ids.push(id) - 1;
  };
  const touchAt = (place: number, subjectId: Id): Touch => ({
    key: keys[place]!,
    participantId: ids[columns.people[place]!]!,
    subjectId,
    evidence: EVIDENCE_CLASSES[columns.evidence[place]!]!,
    occurredAt: columns.occurredAt[place]!,
    recordedAt: columns.recordedAt[place]!,
    sourceId: columns.sources[place] === NONE ? null : ids[columns.sources[place]!]!,
  });

  return {
    add: (touch) => {
      if (size === columns.next.length) columns = growColumns(columns);
      const subject = numberOf(touch.subjectId);
      keys.push(touch.key);
      columns.people[size] = numberOf(touch.participantId);
      columns.evidence[size] = EVIDENCE_CLASSES.indexOf(touch.evidence);
      columns.occurredAt[size] = touch.occurredAt;
      columns.recordedAt[size] = touch.recordedAt;
      columns.sources[size] = touch.sourceId === null ? NONE : numberOf(touch.sourceId);
      columns.next[size] = heads.get(subject) ?? NONE;
      heads.set(subject, size);
      size += 1;
    },
    of: (subjectId) => {
      const subject = numbers.get(subjectId);
      const found = new Map<string, Touch>();
      for (
        let place = subject === undefined ? NONE : (heads.get(subject) ?? NONE);
        place !== NONE;
        place = columns.next[place]!
      ) {
        const touch = touchAt(place, subjectId);
        found.set(touch.key, touch);
      }
      return [...found.values()].reverse();
    },
    merge: (loserId, survivorId) => {
      const loser = numbers.get(loserId);
      if (loser === undefined) return;
      const survivor = numberOf(survivorId);
      for (let place = 0; place < size; place += 1)
        if (columns.people[place] === loser) columns.people[place] = survivor;
      const head = heads.get(loser);
      if (head === undefined) return;
      let last = head;
      while (columns.next[last] !== NONE) last = columns.next[last]!;
      columns.next[last] = heads.get(survivor) ?? NONE;
      heads.set(survivor, head);
      heads.delete(loser);
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
