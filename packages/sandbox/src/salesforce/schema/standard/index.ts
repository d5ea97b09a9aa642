import { opportunityHistory } from '../history-object.ts';
import type { ObjectDef } from '../object.ts';
import { account } from './account.ts';
import { event, task, taskStatus } from './activity.ts';
import { contact } from './contact.ts';
import { contract, order } from './contract-order.ts';
import { lead, supportCase } from './lead-case.ts';
import { emailMessage, emailMessageRelation, eventRelation } from './mail.ts';
import { opportunity, opportunityContactRole, opportunityStage } from './opportunity.ts';
import { accountContactRole, group, organization, user } from './people.ts';
import { opportunityLineItem, orderItem, pricebook2, pricebookEntry, product2 } from './products.ts';
import {
  campaign,
  campaignMember,
  fieldPermissions,
  objectPermissions,
  permissionSet,
  permissionSetAssignment,
  profile,
  recordType,
} from './setup.ts';

/** Objects of a default org, as far as they are served. AccountContactRelation and CurrencyType come by option. */
export const standardObjects: readonly ObjectDef[] = [
  account,
  accountContactRole,
  campaign,
  campaignMember,
  supportCase,
  contact,
  contract,
  emailMessage,
  emailMessageRelation,
  event,
  eventRelation,
  fieldPermissions,
  group,
  lead,
  objectPermissions,
  opportunity,
  opportunityContactRole,
  opportunityHistory,
  opportunityLineItem,
  opportunityStage,
  order,
  orderItem,
  organization,
  permissionSet,
  permissionSetAssignment,
  pricebook2,
  pricebookEntry,
  product2,
  profile,
  recordType,
  task,
  taskStatus,
  user,
];
