import type { CrmAdapter, CrmEvent } from '@holdfast/core';
import { type SalesforceOptions, salesforce } from '@holdfast/salesforce';
import {
  createSalesforce,
  type FaultPlan,
  faultsOff,
  inProcess,
  type SalesforceEmulator,
  sandboxUser,
} from '@holdfast/sandbox';
import { createTestClock, type TestClock } from '@holdfast/testkit';

type Settings = Partial<Omit<Parameters<typeof createSalesforce>[0], 'clock'>>;

/** An emulated org in this process, and ways into it. */
export interface SandboxOrg {
  readonly crm: SalesforceEmulator;
  readonly clock: TestClock;
  readonly events: CrmEvent[];
  connect(options?: Partial<SalesforceOptions>): Promise<CrmAdapter>;
  close(): void;
}

export function openOrg(settings: Settings = {}, faults: FaultPlan = faultsOff): SandboxOrg {
  const clock = createTestClock();
  const crm = createSalesforce({ edition: 'enterprise', users: [sandboxUser], ...settings, clock });
  const way = inProcess({ emulator: crm, faults });
  const events: CrmEvent[] = [];
  return {
    crm,
    clock,
    events,
    connect: (options = {}) =>
      salesforce.connect(
        {
          loginUrl: way.origin,
          clientId: 'sandbox-client',
          clientSecret: 'sandbox-secret',
          currency: 'USD',
          connector: way.undiciConnect as never,
          ...options,
        },
        { clock, random: () => 0.5, log: (event) => void events.push(event) },
      ),
    close: () => way.close(),
  };
}
