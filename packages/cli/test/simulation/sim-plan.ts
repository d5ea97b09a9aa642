import type { Account, Contact, Id, Opportunity, Plan, PlannedWrite } from '@holdfast/core';
import type { Store } from '@holdfast/workflows';
import type { SimWorld } from './sim-world.ts';

const OUR_STATES = ['accepted', 'influenced', 'contacted', 'qualified', 'won'] as const;

/** Writes to most stored records, by what the store shows of them, and tasks for some accounts. Nobody else gives these values. */
export async function makeSimPlan(world: SimWorld, store: Store): Promise<Plan> {
  const writes: PlannedWrite[] = [];
  const isLeftOut = () => world.dice.chance(0.15);
  for await (const account of store.records('account')) {
    if (!isLeftOut()) writes.push(accountWrite(account, writes.length));
    if (world.org.entities.includes('task') && world.dice.chance(0.7)) writes.push(taskFor(account.id));
  }
  if (world.org.entities.includes('contact'))
    for await (const contact of store.records('contact'))
      if (!isLeftOut()) writes.push(contactWrite(contact, writes.length));
  if (world.org.entities.includes('opportunity'))
    for await (const opportunity of store.records('opportunity'))
      if (!isLeftOut()) writes.push(opportunityWrite(opportunity, writes.length));
  return {
    version: 1,
    id: 'plan',
    crm: world.org.crm,
    orgId: world.orgId,
    asOf: world.time.now,
    writes,
    heldBack: {},
    notes: [],
  };
}

function accountWrite({ id, healthScore, nextStep }: Account, number: number): PlannedWrite {
  const set = { healthScore: 60 + (number % 40), nextStep: `Step ${number}` };
  const write = { key: `account ${id}`, target: { id }, set };
  return { entity: 'account', write, before: { healthScore, nextStep }, label: id, why: 'simulated' };
}

function contactWrite({ id, referralsWon }: Contact, number: number): PlannedWrite {
  const write = { key: `contact ${id}`, target: { id }, set: { referralsWon: 60 + number } };
  return { entity: 'contact', write, before: { referralsWon }, label: id, why: 'simulated' };
}

function opportunityWrite({ id, referralState }: Opportunity, number: number): PlannedWrite {
  const set = { referralState: OUR_STATES[number % OUR_STATES.length] ?? ('won' as const) };
  const write = { key: `opportunity ${id}`, target: { id }, set };
  return { entity: 'opportunity', write, before: { referralState }, label: id, why: 'simulated' };
}

function taskFor(id: Id): PlannedWrite {
  const write = {
    key: `task ${id}`,
    target: { externalKey: `task-${id.replace(':', '-')}` },
    set: { subject: `Call ${id}` },
    links: [{ to: 'account' as const, id }],
  };
  return { entity: 'task', write, before: {}, label: id, why: 'simulated' };
}
