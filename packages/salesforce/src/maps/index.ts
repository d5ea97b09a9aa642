import type { EntityName, Maps, UnavailableMap } from '@holdfast/core';
import { account } from './account.ts';
import { accountParent } from './account-parent.ts';
import { activity } from './activity.ts';
import { contact } from './contact.ts';
import { contactRole } from './contact-role.ts';
import { contract } from './contract.ts';
import { fieldChange } from './field-change.ts';
import { lead } from './lead.ts';
import { mailParties } from './mail-parties.ts';
import { meetingParties } from './meeting-parties.ts';
import { note } from './note.ts';
import { opportunity } from './opportunity.ts';
import { order } from './order.ts';
import { orderLine } from './order-line.ts';
import { owner } from './owner.ts';
import { referral } from './referral.ts';
import { referralLink } from './referral-link.ts';
import type { SalesforceMap } from './salesforce-map.ts';
import { surveyResponse } from './survey-response.ts';
import { task } from './task.ts';
import { ticket } from './ticket.ts';
import { usage } from './usage.ts';

/** What Salesforce calls each thing that Holdfast reads and writes, before the org's own names are laid over it. */
export const maps = {
  owner,
  account,
  accountParent,
  contact,
  contactRole,
  opportunity,
  lead,
  contract,
  order,
  orderLine,
  ticket,
  activity,
  mailParties,
  meetingParties,
  surveyResponse,
  usage,
  referralLink,
  task,
  note,
  referral,
  fieldChange,
} as const satisfies Maps & { readonly [E in EntityName]: SalesforceMap<E> | UnavailableMap };
