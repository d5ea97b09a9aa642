import { buildPlan, type Plan, type Proposal } from '@holdfast/core';
import type { ScoredBook } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { maskAddresses } from '../text/mask-addresses.ts';

/** Makes the plan of what scoring a book proposed and leaves it in the run's folder. */
export function planStep(
  session: Session,
  { asOf }: Pick<ScoredBook, 'asOf'>,
  proposals: Iterable<Proposal>,
  pulled: Pulled,
): Plan {
  const plan = buildPlan({ crm: session.module.crm, orgId: pulled.org.id, asOf, proposals: discreet(proposals) });
  session.run().writeJson('plan', plan);
  return plan;
}

/** An account is named as the CRM names it; the name of an opportunity may hold a person's address, which no plan needs. */
function* discreet(proposals: Iterable<Proposal>): Iterable<Proposal> {
  for (const proposal of proposals) {
    const { write, leftOut } = proposal;
    if (write?.entity !== 'opportunity') yield proposal;
    else yield { write: { ...write, label: maskAddresses(write.label) }, ...(leftOut && { leftOut }) };
  }
}
