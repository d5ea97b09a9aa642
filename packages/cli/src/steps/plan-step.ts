import { buildPlan, type Plan } from '@holdfast/core';
import type { ScoredBook } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';

/** Makes the plan of a scored book and leaves it in the run's folder. */
export function planStep(session: Session, book: ScoredBook, pulled: Pulled): Plan {
  const plan = buildPlan({ crm: session.module.crm, orgId: pulled.org.id, asOf: book.asOf, proposals: book.proposals });
  session.run().writeJson('plan', plan);
  return plan;
}
