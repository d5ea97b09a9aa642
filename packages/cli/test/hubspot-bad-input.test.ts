import { sandboxToken } from '@holdfast/sandbox';
import { describeBadInputs } from './bad-input.ts';
import { hubspotWorld } from './world.ts';

const READS = ['companies', 'contacts', 'deals', 'owners'].map((object) => `crm.objects.${object}.read`);

describeBadInputs('hubspot', {
  open: () => hubspotWorld(),
  wrongToken: { HUBSPOT_TOKEN: 'pat-wrong-0000-1111' },
  malformedToken: { HUBSPOT_TOKEN: '"quoted by mistake"' },
  noToken: {},
  refusal: /HUBSPOT_TOKEN/,
  malformed: /HUBSPOT_TOKEN/,
  absent: /HUBSPOT_TOKEN/,
  withoutPermission: () =>
    hubspotWorld({ tokens: { [sandboxToken]: { scopes: READS.filter((scope) => !scope.includes('companies')) } } }),
  permission: /crm\.objects\.companies\.read/,
  missingField: 'no_such_property',
  withOtherType: () =>
    hubspotWorld({
      customFields: {
        companies: [{ name: 'holdfast_health_score', label: 'Mine', type: 'string', fieldType: 'text' }],
      },
    }),
  scoreField: /holdfast_health_score/,
  stage: 'default/closedwon',
  secretOption: 'token',
});
