import type { CalendarDay } from '../model/dates.ts';
import { listed } from '../model/listed.ts';
import type { OpportunityKind, OrgProfile, StageMeaning } from '../model/profile.ts';
import type { Opportunity } from '../model/types.ts';

/** What the org profile says of an opportunity's stage; `null` for a stage that it does not list (a problem). */
export function stageMeaning(
  opportunity: Pick<Opportunity, 'pipeline' | 'stage'>,
  profile: Pick<OrgProfile, 'opportunities'>,
): StageMeaning | null {
  const stage = opportunity.stage ?? '';
  const key = opportunity.pipeline === null ? stage : `${opportunity.pipeline}/${stage}`;
  return listed(profile.opportunities.stages, key) ?? null;
}

/** The kind by the profile: the type's where it is listed, else the pipeline's; `null` when neither is. */
export function opportunityKind(
  opportunity: Pick<Opportunity, 'pipeline' | 'type'>,
  profile: Pick<OrgProfile, 'opportunities'>,
): OpportunityKind | null {
  const { types, pipelines } = profile.opportunities;
  return listed(types, opportunity.type) ?? listed(pipelines, opportunity.pipeline) ?? null;
}

/**
 * Where an opportunity stood on a day. A close day later than that day counts as not yet closed, so a rebuild of the
 * past does not know the outcome. Unmapped stages and kinds give `ignored`: they are reported, never guessed.
 */
export function opportunityState(
  opportunity: Opportunity,
  profile: Pick<OrgProfile, 'opportunities'>,
  today: CalendarDay,
): StageMeaning {
  const meaning = stageMeaning(opportunity, profile);
  if (meaning === null || (opportunityKind(opportunity, profile) ?? 'ignored') === 'ignored') return 'ignored';
  const closed = meaning === 'won' || meaning === 'lost';
  return closed && opportunity.closeOn !== null && opportunity.closeOn > today ? 'open' : meaning;
}
