import type { HubSpotEmulator } from '@holdfast/sandbox';
import { address, describeCanary, PERSONAL, SECRET } from './canary.ts';
import { hubspotWorld } from './world.ts';

const TOKEN = `pat-${SECRET}-0001`;

/** Texts by which the made-up company runs: other words there would be another company. */
const MEANINGFUL = /^(hs_object_id|lead_source|referred_by_contact|domain|hs_deal_stage_probability)$/;

/** Puts the canary into every text of every record that a person could have typed; values that no type allows, too. */
function fill(emulator: HubSpotEmulator): void {
  for (const [, table] of emulator.state.tables) {
    const object = table.type.name;
    const texts = [...table.properties.values()].filter(
      ({ type, name, calculated }) => type === 'string' && !calculated && !MEANINGFUL.test(name),
    );
    for (const id of emulator.ids(object)) {
      const values = texts.map(({ name }) => [
        name,
        name === 'name' ? `Canary ${address(PERSONAL)}` : address(PERSONAL),
      ]);
      emulator.edit(object, id, Object.fromEntries(values));
    }
  }
  const [company = ''] = emulator.ids('companies');
  emulator.edit('companies', company, { numberofemployees: address(PERSONAL), contract_value: address(PERSONAL) });
  const [deal = ''] = emulator.ids('deals');
  emulator.edit('deals', deal, { amount: address(PERSONAL), closedate: address(PERSONAL) });
  const [ticket = ''] = emulator.ids('tickets');
  emulator.edit('tickets', ticket, { closed_date: address(PERSONAL) });
}

describeCanary(
  'hubspot',
  async () => {
    const world = await hubspotWorld({ tokens: { [TOKEN]: { scopes: 'all' } } });
    fill(world.emulator);
    return { ...world, env: { ...world.env, HUBSPOT_TOKEN: TOKEN } };
  },
  (world) => {
    const emulator = world.emulator as HubSpotEmulator;
    const companies = emulator.ids('companies');
    const customer = companies
      .slice(1)
      .find((id) => emulator.get('companies', id)?.properties['lifecyclestage'] === 'customer');
    return { account: `company:${customer}`, contact: `contact:${emulator.ids('contacts')[0]}` };
  },
);
