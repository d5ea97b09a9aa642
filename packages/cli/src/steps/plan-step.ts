import { buildPlan, type Plan, type Proposal } from '@holdfast/core';
import type { ScoredBook } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';

/** Makes the plan of what scoring a book proposed and leaves it in the run's folder. */
export function planStep(
  session: Session,
  { asOf }: Pick<ScoredBook, 'asOf'>,
  proposals: Iterable<Proposal>,
  pulled: Pulled,
): Plan {
  const plan = buildPlan({ crm: session.module.crm, orgId: pulled.org.id, asOf, proposals });
  session.run().writeJson('plan', plan);
  return plan;
}
