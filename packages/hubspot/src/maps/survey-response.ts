import type { EntityMap, SurveyResponse } from '@holdfast/core';
import { held, instant, number } from '../codecs.ts';
import { field, fields, linkTo } from './rules.ts';

const KINDS: Readonly<Record<string, SurveyResponse['kind']>> = { NPS: 'nps', CSAT: 'csat', CES: 'ces' };

/** A survey response is a feedback submission (Service Hub Professional). HubSpot lets nobody write one. */
export const surveyResponse = {
  sources: [
    {
      object: 'feedback_submission',
      fields: {
        createdAt: field('hs_createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        accountId: linkTo('account'),
        contactId: linkTo('contact'),
        kind: fields(['hs_survey_type'], (raw) => {
          const kind = KINDS[(held(raw['hs_survey_type']) ?? '').toUpperCase()];
          if (kind === undefined) throw new TypeError('not an NPS, CSAT or CES survey');
          return kind;
        }),
        score: fields(['hs_value'], (raw, context) => {
          const score = number.decode(raw['hs_value'], context);
          if (score === null) throw new TypeError('no score');
          return score;
        }),
        respondedAt: fields(['hs_submission_timestamp', 'hs_createdate'], (raw, context) => {
          const at = instant.decode(raw['hs_submission_timestamp'] ?? raw['hs_createdate'], context);
          if (at === null) throw new TypeError('no date');
          return at;
        }),
      },
    },
  ],
} as const satisfies EntityMap<'surveyResponse'>;
