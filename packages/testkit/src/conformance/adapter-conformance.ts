import type { EntityName } from '@holdfast/core';
import type { CaseContext, CaseDefinition, ConformanceCase, EnteredAndWritten } from './case.ts';
import { CASE_IDS } from './case-ids.ts';
import { ABORT_CASES } from './cases/abort.ts';
import { CAPABILITY_CASES } from './cases/capability.ts';
import { CONFLICT_CASES } from './cases/conflict.ts';
import { ERROR_CASES } from './cases/error.ts';
import { GONE_CASES } from './cases/gone.ts';
import { HISTORY_CASES } from './cases/history.ts';
import { LINK_CASES } from './cases/link.ts';
import { NOTE_CASES } from './cases/note.ts';
import { ORDER_CASES } from './cases/order.ts';
import { PAGE_CASES } from './cases/page.ts';
import { REJECT_CASES } from './cases/reject.ts';
import { RELATION_CASES } from './cases/relation.ts';
import { RESUME_CASES } from './cases/resume.ts';
import { TASK_CASES } from './cases/task.ts';
import { VALUE_CASES } from './cases/value.ts';
import { WINDOW_CASES } from './cases/window.ts';
import { WRITE_CASES } from './cases/write.ts';
import type { ConformanceHarness, Need } from './harness.ts';

const DEFINITIONS: readonly CaseDefinition[] = [
  ...RESUME_CASES,
  ...ORDER_CASES,
  ...WINDOW_CASES,
  ...GONE_CASES,
  ...REJECT_CASES,
  ...PAGE_CASES,
  ...RELATION_CASES,
  ...HISTORY_CASES,
  ...VALUE_CASES,
  ...WRITE_CASES,
  ...CONFLICT_CASES,
  ...TASK_CASES,
  ...NOTE_CASES,
  ...LINK_CASES,
  ...ERROR_CASES,
  ...ABORT_CASES,
  ...CAPABILITY_CASES,
];

/**
 * The contract of the port as cases for any test runner. Each opens an empty org of its own and closes it. A case that
 * does not apply is there all the same, with its reason in `skipped` and in its name.
 *
 * @example
 * for (const c of adapterConformance(harness)) test.skipIf(c.skipped)(c.name, c.run);
 */
export function adapterConformance(harness: ConformanceHarness): readonly ConformanceCase[] {
  return DEFINITIONS.flatMap((definition) =>
    entitiesOf(definition, harness).map((entity) => toCase(definition, entity, harness)),
  );
}

function entitiesOf(definition: CaseDefinition, harness: ConformanceHarness): readonly EntityName[] {
  if (definition.per === 'suite') return ['account'];
  if (definition.per === 'entered') return harness.enters;
  return harness.enters.filter(
    (entity) => entity !== 'task' && entity !== 'referral' && harness.writes.some((written) => written === entity),
  );
}

function toCase(definition: CaseDefinition, entity: EntityName, harness: ConformanceHarness): ConformanceCase {
  const id = definition.per === 'suite' ? definition.id : `${definition.id} ${entity}`;
  const skipped = whySkipped(definition, entity, id, harness);
  const name = `${harness.name}: ${id}: ${CASE_IDS[definition.id]}`;
  if (skipped !== null) return { id, name: `${name} [skipped: ${skipped}]`, skipped, run: async () => {} };
  return { id, name, run: () => runCase(definition, entity, harness) };
}

function whySkipped(
  definition: CaseDefinition,
  entity: EntityName,
  id: string,
  harness: ConformanceHarness,
): string | null {
  const named = harness.skip?.[id] ?? harness.skip?.[definition.id];
  if (named !== undefined) return named;
  const lacking = (definition.needs ?? [])
    .map((need) => whyLacking(harness, need, entity))
    .find((reason) => reason !== null);
  if (lacking !== undefined) return lacking;
  const { without } = definition;
  return without && whyLacking(harness, without, entity) === null ? `it is about a CRM without ${without}` : null;
}

function whyLacking(harness: ConformanceHarness, need: Need, entity: EntityName): string | null {
  if (need === 'history' && !harness.serves.includes('fieldChange')) return 'this CRM serves no history of fields';
  if (need === 'write:referralLink' && !harness.writes.includes('referralLink')) return 'this harness ties nobody';
  if (need === 'write:note' && !harness.writes.includes('note')) return 'this harness writes no notes';
  return harness.lacks?.[need] ?? harness.lacks?.[`${need} ${entity}`] ?? null;
}

async function runCase(definition: CaseDefinition, entity: EntityName, harness: ConformanceHarness): Promise<void> {
  const world = await harness.open();
  try {
    const context: CaseContext = { world, entity, harness, can: (need) => whyLacking(harness, need, entity) === null };
    if (definition.per === 'entered') await definition.run(context);
    else if (definition.per === 'written') await definition.run(context as CaseContext<EnteredAndWritten>);
    else await definition.run(context as CaseContext<'account'>);
  } finally {
    await world.close();
  }
}
