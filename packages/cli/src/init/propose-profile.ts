import type { CrmCapabilities, CrmModule, OrgProfile, StageMeaning, VocabularyValue } from '@holdfast/core';

export interface ProfileProposal {
  readonly profile: OrgProfile;
  /** Values whose meaning could not be proposed; a person must say, or `check` reports them. */
  readonly open: readonly { readonly list: string; readonly value: string; readonly label: string }[];
}

/** Lays the org's own vocabulary beside the CRM's defaults. Nothing is guessed from a label. */
export function proposeProfile(module: CrmModule, capabilities: CrmCapabilities): ProfileProposal {
  const { vocabulary, org } = capabilities;
  const defaults = module.profile;
  const open: { list: string; value: string; label: string }[] = [];
  const take = <M extends string>(
    list: string,
    values: readonly VocabularyValue[],
    known: Readonly<Record<string, M>>,
    told: (value: VocabularyValue) => NoInfer<M> | undefined,
  ): Record<string, M> => {
    const meanings: Record<string, M> = {};
    for (const value of values) {
      const qualified = list === 'stages' && value.pipeline !== undefined;
      const key = qualified ? `${value.pipeline}/${value.value}` : value.value;
      const meaning = known[key] ?? told(value);
      if (meaning === undefined) open.push({ list, value: key, label: value.label });
      else meanings[key] = meaning;
    }
    return meanings;
  };
  return {
    open,
    profile: {
      ...defaults,
      orgId: org.id,
      confirmedAt: null,
      currency: org.currency,
      timeZone: org.timeZone,
      book: {
        ...defaults.book,
        lifecycles: take('lifecycles', vocabulary.lifecycles, defaults.book.lifecycles, () => undefined),
      },
      opportunities: {
        stages: take('stages', vocabulary.stages, defaults.opportunities.stages, stageMeaningTold),
        pipelines: take('pipelines', vocabulary.pipelines, defaults.opportunities.pipelines, () => undefined),
        types: take('opportunity types', vocabulary.opportunityTypes, defaults.opportunities.types, () => undefined),
      },
      tickets: {
        ...defaults.tickets,
        stages: take('ticket stages', vocabulary.ticketStages, defaults.tickets.stages, (value) =>
          value.meaning === 'closed' ? 'closed' : value.meaning === 'open' ? 'open' : undefined,
        ),
      },
      contracts: {
        statuses: take('contract statuses', vocabulary.contractStatuses, defaults.contracts.statuses, () => undefined),
      },
      orders: { statuses: take('order statuses', vocabulary.orderStatuses, defaults.orders.statuses, () => undefined) },
      referralSources: defaults.referralSources.filter((source) =>
        vocabulary.opportunitySources.some(({ value }) => value === source),
      ),
    },
  };
}

function stageMeaningTold({ meaning }: VocabularyValue): StageMeaning | undefined {
  return meaning === 'closed' ? undefined : meaning;
}
