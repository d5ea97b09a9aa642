import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ClientName, tryMutant } from './live-through-client.ts';

/**
 * Each patch is named for the CRM whose adapter it spoils; `both` spoils what the two share. Offsets, an index that
 * lags and results in any order are HubSpot's; maxFetch, assignment rules and `instance_url` are Salesforce's.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));
const patches = readdirSync(folder).filter((file) => file.endsWith('.patch'));

/** What the overlap of windows makes up for in the simulation; the contract of the port forbids it all the same. */
const CASES = ['window/half-open account', 'window/half-open contact'];
/** A mutant that the seeds cannot see is not worth more of them. */
const SEEDS: Readonly<Record<string, number>> = { 'exclusive-since': 20 };
const MOST_SEEDS = 500;

describe('known bad strategies of the adapters', () => {
  it.each(patches.flatMap((patch) => clientsOf(patch).map((crm) => ({ patch, crm }))))(
    'the seeds or the conformance suite catch $patch through the client of $crm',
    async ({ patch, crm }) => {
      const strategy = patch.replace(/^[a-z]+-|\.patch$/g, '');
      const { seeds, cases } = await tryMutant(`${folder}${patch}`, crm, SEEDS[strategy] ?? MOST_SEEDS, CASES);
      const broken = cases.find(({ failure }) => failure !== null);
      const { failing, lived } = seeds;
      expect(failing ?? broken, `${patch} survived ${lived} seeds and ${cases.length} cases`).toBeTruthy();
      const how = failing
        ? `first failing seed ${failing.seed} (${failing.violations[0]})`
        : `conformance case ${broken?.id} (${broken?.failure})`;
      console.log(`${patch}, ${crm}: ${how}`);
    },
    300_000,
  );
});

function clientsOf(patch: string): readonly ClientName[] {
  if (patch.startsWith('both-')) return ['hubspot', 'salesforce'];
  return [patch.startsWith('hubspot-') ? 'hubspot' : 'salesforce'];
}
