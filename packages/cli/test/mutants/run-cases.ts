import { hubspot } from '@holdfast/hubspot';
import { salesforce } from '@holdfast/salesforce';
import { openWorld as openHubSpot } from '../../../hubspot/test/conformance-world.ts';
import { openWorld as openSalesforce } from '../../../salesforce/test/conformance-world.ts';
import { adapterConformance, type ConformanceHarness } from '../../../testkit/src/index.ts';
import type { CaseResult } from './live-through-client.ts';

/** Runs single cases of the conformance suite and prints how they ended: `node run-cases.ts CRM ID...`. */
const [crm, ...ids] = process.argv.slice(2);
const entities = ['account', 'contact', 'opportunity'] as const;
const harness: ConformanceHarness = {
  name: crm ?? '',
  maps: crm === 'hubspot' ? hubspot.maps : salesforce.maps,
  serves: [...entities, 'task'],
  enters: entities,
  writes: [...entities, 'task'],
  open: crm === 'hubspot' ? openHubSpot : openSalesforce,
};
const results: CaseResult[] = [];
for (const { id, run } of adapterConformance(harness).filter((one) => ids.includes(one.id))) {
  const failure = await run().then(
    () => null,
    (error: unknown) => String(error instanceof Error ? error.message : error),
  );
  results.push({ id, failure });
}
console.log(JSON.stringify(results));
process.exit(0);
