import { activityRollups, commonProperties } from './common-properties.ts';
import { datetime, number, readOnly, select, text, textarea } from './kinds.ts';
import { defineObject } from './object-type.ts';

/** Tickets (0-5). */
export const tickets = defineObject({
  id: '0-5',
  name: 'tickets',
  singular: 'ticket',
  labels: { singular: 'Ticket', plural: 'Tickets' },
  created: 'createdate',
  defaults: ['content', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_priority', 'subject'],
  required: ['subject', 'hs_pipeline_stage'],
  searchable: ['subject', 'content'],
  group: 'ticketinformation',
  scope: 'tickets',
  mergeable: true,
  idBase: 1_420_000_000,
  properties: [
    ...commonProperties,
    ...activityRollups,
    readOnly(datetime('createdate', 'Create date')),
    text('subject', 'Ticket name'),
    textarea('content', 'Ticket description'),
    select('hs_pipeline', 'Pipeline', [], { externalOptions: true }),
    select('hs_pipeline_stage', 'Ticket status', [], { externalOptions: true }),
    select('hs_ticket_priority', 'Priority', ['LOW', 'MEDIUM', 'HIGH', 'URGENT']),
    select('hs_ticket_category', 'Category', ['PRODUCT_ISSUE', 'BILLING_ISSUE', 'FEATURE_REQUEST', 'GENERAL_INQUIRY'], {
      many: true,
    }),
    select('source_type', 'Source', ['CHAT', 'EMAIL', 'FORM', 'PHONE']),
    readOnly(datetime('closed_date', 'Close date')),
    readOnly(number('time_to_close', 'Time to close')),
    readOnly(datetime('hs_lastactivitydate', 'Last activity date')),
  ],
});

/** Survey answers (0-19): read only in the API, and on Service Hub Professional and above. */
export const feedbackSubmissions = defineObject({
  id: '0-19',
  name: 'feedback_submissions',
  singular: 'feedback_submission',
  labels: { singular: 'Feedback submission', plural: 'Feedback submissions' },
  defaults: ['hs_survey_type', 'hs_value', 'hs_submission_timestamp'],
  group: 'feedbackinformation',
  readOnly: true,
  minTier: 'professional',
  idBase: 88_400_000,
  properties: [
    ...commonProperties,
    readOnly(select('hs_survey_type', 'Survey type', ['NPS', 'CSAT', 'CES', 'CUSTOM'])),
    readOnly(text('hs_survey_name', 'Survey name')),
    readOnly(number('hs_value', 'Rating')),
    readOnly(textarea('hs_content', 'Response')),
    readOnly(datetime('hs_submission_timestamp', 'Submission date')),
    readOnly(select('hs_response_group', 'Response group', ['PROMOTER', 'PASSIVE', 'DETRACTOR'])),
  ],
});
