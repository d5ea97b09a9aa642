import { audit, description, idField, isDeletedField, lastActivity, owner, viewed } from '../common.ts';
import { decimal, field, lookup, picklist, systemOwned, text } from '../field.ts';
import type { Draft, ObjectDef } from '../object.ts';
import { leadSources } from './account.ts';

/** One sales stage: what OpportunityStage and the StageName picklist tell. */
interface Stage {
  readonly label: string;
  readonly probability: number;
  readonly closed: boolean;
  readonly won: boolean;
  readonly forecast: string;
}

/** The stages that a new org ships with. */
export const standardStages: readonly Stage[] = [
  { label: 'Prospecting', probability: 10, closed: false, won: false, forecast: 'Pipeline' },
  { label: 'Qualification', probability: 10, closed: false, won: false, forecast: 'Pipeline' },
  { label: 'Needs Analysis', probability: 20, closed: false, won: false, forecast: 'Pipeline' },
  { label: 'Value Proposition', probability: 50, closed: false, won: false, forecast: 'Pipeline' },
  { label: 'Id. Decision Makers', probability: 60, closed: false, won: false, forecast: 'Pipeline' },
  { label: 'Perception Analysis', probability: 70, closed: false, won: false, forecast: 'Pipeline' },
  { label: 'Proposal/Price Quote', probability: 75, closed: false, won: false, forecast: 'Best Case' },
  { label: 'Negotiation/Review', probability: 90, closed: false, won: false, forecast: 'Commit' },
  { label: 'Closed Won', probability: 100, closed: true, won: true, forecast: 'Closed' },
  { label: 'Closed Lost', probability: 0, closed: true, won: false, forecast: 'Omitted' },
];

/** IsClosed, IsWon and the forecast follow from the stage; the probability too, when the stage changed and nobody set it. */
function deriveOpportunity(record: Draft): void {
  const stage = record.find('OpportunityStage', 'MasterLabel', record.get('StageName'));
  record.set('IsClosed', stage?.get('IsClosed') ?? false);
  record.set('IsWon', stage?.get('IsWon') ?? false);
  if (record.get('Probability') === null) record.set('Probability', stage?.get('DefaultProbability') ?? 0);
  if (record.get('ForecastCategoryName') === null)
    record.set('ForecastCategoryName', stage?.get('ForecastCategoryName') ?? 'Pipeline');
  record.set('ForecastCategory', String(record.get('ForecastCategoryName')).replace(' ', ''));
  const amount = record.get('Amount');
  const probability = record.get('Probability');
  if (typeof amount === 'number' && typeof probability === 'number')
    record.set('ExpectedRevenue', Math.round(amount * probability) / 100);
  else record.set('ExpectedRevenue', null);
  const closeOn = record.get('CloseDate');
  if (typeof closeOn !== 'string') return;
  const quarter = Math.ceil(Number(closeOn.slice(5, 7)) / 3);
  record.set('FiscalYear', Number(closeOn.slice(0, 4)));
  record.set('FiscalQuarter', quarter);
  record.set('Fiscal', `${closeOn.slice(0, 4)} ${quarter}`);
}

/** Opportunity. Object Reference, "Opportunity". A new org has no Type value for renewals; a customer adds one. */
export const opportunity: ObjectDef = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  feedEnabled: true,
  recordTypes: true,
  derive: deriveOpportunity,
  resets: { StageName: ['Probability', 'ForecastCategoryName'] },
  fields: [
    idField('Opportunity'),
    isDeletedField,
    lookup('AccountId', 'Account', 'Opportunities', { cascadeDelete: true }),
    field('IsPrivate', 'boolean', { label: 'Private' }),
    text('Name', 120, { nillable: false, permissionable: false, nameField: true, idLookup: true }),
    description('Description'),
    picklist(
      'StageName',
      standardStages.map((stage) => stage.label),
      { label: 'Stage', nillable: false, permissionable: false },
    ),
    decimal('Amount', 'currency', 18, 2),
    decimal('Probability', 'percent', 3, 0, { label: 'Probability (%)', defaultedOnCreate: true }),
    decimal('ExpectedRevenue', 'currency', 18, 2, { label: 'Expected Amount', createable: false, updateable: false }),
    decimal('TotalOpportunityQuantity', 'double', 18, 2, { label: 'Quantity' }),
    field('CloseDate', 'date', { nillable: false, permissionable: false }),
    picklist(
      'Type',
      [
        'Existing Customer - Upgrade',
        'Existing Customer - Replacement',
        'Existing Customer - Downgrade',
        'New Customer',
      ],
      {
        label: 'Opportunity Type',
      },
    ),
    text('NextStep', 255),
    picklist('LeadSource', leadSources),
    field('IsClosed', 'boolean', { label: 'Closed', ...systemOwned }),
    field('IsWon', 'boolean', { label: 'Won', ...systemOwned }),
    picklist('ForecastCategory', ['Omitted', 'Pipeline', 'BestCase', 'Commit', 'Closed'], {
      length: 40,
      nillable: false,
      restricted: true,
      defaultedOnCreate: true,
      ...systemOwned,
    }),
    picklist('ForecastCategoryName', ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'], {
      label: 'Forecast Category',
      restricted: true,
      permissionable: false,
      defaultedOnCreate: true,
    }),
    lookup('CampaignId', 'Campaign', 'Opportunities'),
    field('HasOpportunityLineItem', 'boolean', {
      label: 'Has Line Item',
      ...systemOwned,
      compute: (record) => record.children('OpportunityLineItem', 'OpportunityId').length > 0,
    }),
    lookup('Pricebook2Id', 'Pricebook2', 'Opportunities', { label: 'Price Book ID', permissionable: false }),
    owner(),
    ...audit,
    lastActivity('WhatId'),
    field('LastStageChangeDate', 'datetime', systemOwned),
    field('FiscalQuarter', 'int', { compoundFieldName: 'Fiscal', ...systemOwned }),
    field('FiscalYear', 'int', { compoundFieldName: 'Fiscal', ...systemOwned }),
    text('Fiscal', 6, { label: 'Fiscal Period', ...systemOwned }),
    lookup('ContactId', 'Contact', 'Opportunities', { updateable: false, permissionable: false }),
    lookup('ContractId', 'Contract', 'Opportunities'),
    ...viewed,
    field('HasOpenActivity', 'boolean', systemOwned),
    field('HasOverdueTask', 'boolean', systemOwned),
  ],
};

/** OpportunityStage: the settings behind StageName. */
export const opportunityStage: ObjectDef = {
  name: 'OpportunityStage',
  label: 'Opportunity Stage',
  labelPlural: 'Opportunity Stage',
  keyPrefix: '01J',
  createable: false,
  updateable: false,
  deletable: false,
  undeletable: false,
  replicateable: false,
  fields: [
    idField('Opportunity Stage'),
    text('MasterLabel', 255, { ...systemOwned, nameField: true }),
    text('ApiName', 255, systemOwned),
    field('IsActive', 'boolean', systemOwned),
    field('SortOrder', 'int', systemOwned),
    field('IsClosed', 'boolean', { label: 'Closed', ...systemOwned }),
    field('IsWon', 'boolean', { label: 'Won', ...systemOwned }),
    picklist('ForecastCategory', ['Omitted', 'Pipeline', 'BestCase', 'Commit', 'Closed'], {
      length: 40,
      ...systemOwned,
    }),
    picklist('ForecastCategoryName', ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'], systemOwned),
    decimal('DefaultProbability', 'percent', 3, 0, systemOwned),
    text('Description', 255, systemOwned),
    ...audit,
  ],
};

/** OpportunityContactRole. Object Reference, "OpportunityContactRole". */
export const opportunityContactRole: ObjectDef = {
  name: 'OpportunityContactRole',
  label: 'Opportunity Contact Role',
  labelPlural: 'Opportunity Contact Role',
  keyPrefix: '00K',
  undeletable: false,
  fields: [
    idField('Contact Role'),
    lookup('OpportunityId', 'Opportunity', 'OpportunityContactRoles', {
      nillable: false,
      updateable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    lookup('ContactId', 'Contact', 'OpportunityContactRoles', {
      nillable: false,
      permissionable: false,
      cascadeDelete: true,
    }),
    picklist('Role', contactRoles(), { length: 40, permissionable: false }),
    field('IsPrimary', 'boolean', { label: 'Primary', permissionable: false }),
    ...audit,
    isDeletedField,
  ],
};

/** Roles of the standard contact role picklist. */
export function contactRoles(): readonly string[] {
  return [
    'Business User',
    'Decision Maker',
    'Economic Buyer',
    'Economic Decision Maker',
    'Evaluator',
    'Executive Sponsor',
    'Influencer',
    'Technical Buyer',
    'Other',
  ];
}
