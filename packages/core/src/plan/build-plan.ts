import type { Instant } from '../model/dates.ts';
import { canonicalJson, fingerprint } from './fingerprint.ts';
import type { Plan, PlannedWrite } from './plan.ts';
import type { Proposal } from './proposal.ts';

export interface PlanInput {
  readonly crm: string;
  readonly orgId: string;
  readonly asOf: Instant;
  readonly proposals: Iterable<Proposal>;
  /** What the CRM tells of workflows, flows and lists that these writes may set off. */
  readonly mayFire?: readonly string[];
}

/**
 * Puts proposals in order and names the plan by its content: the same proposals, in any order, give the same bytes.
 * Throws `TypeError` when two proposals write the same record.
 */
export function buildPlan(input: PlanInput): Plan {
  const writes: PlannedWrite[] = [];
  const held = new Map<string, number>();
  for (const proposal of input.proposals) {
    if (proposal.write) writes.push(proposal.write);
    for (const reason of [proposal.heldBack, proposal.leftOut])
      if (reason !== undefined) held.set(reason, (held.get(reason) ?? 0) + 1);
  }
  writes.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  refuseTwice(writes);
  const heldBack = Object.fromEntries([...held].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { crm, orgId, asOf } = input;
  const content = { crm, orgId, asOf, heldBack, notes: notes(writes, input.mayFire ?? []) };
  return {
    version: 1,
    id: fingerprint(texts(content, writes)),
    crm,
    orgId,
    asOf,
    writes,
    heldBack,
    notes: content.notes,
  };
}

/** One text at a time, so that a plan of 100,000 writes needs no second copy of itself. */
function* texts(content: unknown, writes: readonly PlannedWrite[]): Iterable<string> {
  yield canonicalJson(content);
  for (const write of writes) yield canonicalJson(write);
}

const sortKey = (planned: PlannedWrite): string => `${planned.entity} ${planned.write.key}`;

function refuseTwice(writes: readonly PlannedWrite[]): void {
  for (const [index, write] of writes.entries()) {
    const next = writes[index + 1];
    if (next && sortKey(next) === sortKey(write))
      throw new TypeError(`Two proposals for one record: ${sortKey(write)}`);
  }
}

function notes(writes: readonly PlannedWrite[], mayFire: readonly string[]): readonly string[] {
  if (writes.length === 0) return [];
  const first = writes.filter((it) => it.entity === 'account' && it.before.healthBand === null).length;
  const noted = writes.filter((it) => it.entity === 'note' && it.write.archive !== true).length;
  return [
    'What these writes set off in the CRM (workflows, flows, mails) cannot be undone; undo only puts the values back.',
    ...(first > 0
      ? [`${first} accounts are filled for the first time: a list or flow on these fields will see them all.`]
      : []),
    ...(noted > 0
      ? [
          `${noted} new ${noted === 1 ? 'note moves' : 'notes move'} the day of last activity of the records that they are on: a list, reminder or flow that looks at it will see that.`,
        ]
      : []),
    ...mayFire,
  ];
}
