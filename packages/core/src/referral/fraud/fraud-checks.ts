import type { Program } from '../entities/program.ts';
import { amountAboveLimit } from './checks/amount-above-limit.ts';
import { backDated } from './checks/back-dated.ts';
import { claimSquatting } from './checks/claim-squatting.ts';
import { deletedCustomer } from './checks/deleted-customer.ts';
import { duplicateParticipant } from './checks/duplicate-participant.ts';
import { historicalDomain } from './checks/historical-domain.ts';
import { loop } from './checks/loop.ts';
import { minimumCustomers } from './checks/minimum-customers.ts';
import { ownerOrEmployee } from './checks/owner-or-employee.ts';
import { paidTraffic } from './checks/paid-traffic.ts';
import { refundRate } from './checks/refund-rate.ts';
import { riskyEmail } from './checks/risky-email.ts';
import { sameDevice } from './checks/same-device.ts';
import { sameGroup } from './checks/same-group.ts';
import { selfSameDomain } from './checks/self-same-domain.ts';
import { selfSamePerson } from './checks/self-same-person.ts';
import { similarIdentity } from './checks/similar-identity.ts';
import { velocity } from './checks/velocity.ts';
import type { FraudCheck } from './fraud-check.ts';

/** All eighteen, in the order of the published table; signals come in the same order. */
export const FRAUD_CHECKS: readonly FraudCheck[] = [
  selfSamePerson,
  selfSameDomain,
  historicalDomain,
  ownerOrEmployee,
  loop,
  sameGroup,
  riskyEmail,
  similarIdentity,
  sameDevice,
  velocity,
  paidTraffic,
  duplicateParticipant,
  refundRate,
  minimumCustomers,
  amountAboveLimit,
  deletedCustomer,
  backDated,
  claimSquatting,
];

/** Ids of checks that a program names and that do not exist: a mistyped off switch would switch nothing off. */
export function unknownChecks(program: Pick<Program, 'checksOff' | 'checkSettings'>): readonly string[] {
  const known = new Set(FRAUD_CHECKS.map((it) => it.id));
  const named = [...program.checksOff.map((it) => it.check), ...Object.keys(program.checkSettings?.actions ?? {})];
  return [...new Set(named)].filter((it) => !known.has(it)).sort();
}
