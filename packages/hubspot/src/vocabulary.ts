import type { EntityName, Maps, Rule, Vocabulary, VocabularyValue } from '@holdfast/core';
import type { PipelineInfo } from './probe.ts';
import type { Schema } from './session.ts';

/** The portal's own words: options of the mapped properties, pipelines and stages. */
export function vocabulary(
  maps: Maps,
  schema: Schema,
  pipelines: ReadonlyMap<string, readonly PipelineInfo[]>,
): Vocabulary {
  const deals = pipelines.get('deal') ?? [];
  return {
    lifecycles: optionsOf('account', 'lifecycle', maps, schema),
    pipelines: deals.map(({ id, label }) => ({ value: id, label })),
    stages: deals.flatMap(stagesOf),
    opportunityTypes: optionsOf('opportunity', 'type', maps, schema),
    opportunitySources: optionsOf('opportunity', 'source', maps, schema),
    ticketStages: (pipelines.get('ticket') ?? []).flatMap(stagesOf),
    contractStatuses: [],
    orderStatuses: optionsOf('order', 'status', maps, schema),
  };
}

function stagesOf({ id, label, stages }: PipelineInfo): readonly VocabularyValue[] {
  return stages.map((stage) => ({
    value: stage.id,
    label: `${label}: ${stage.label}`,
    pipeline: id,
    ...(stage.meaning === null ? {} : { meaning: stage.meaning }),
  }));
}

function optionsOf(entity: EntityName, field: string, maps: Maps, schema: Schema): readonly VocabularyValue[] {
  const map = maps[entity];
  const source = 'unavailable' in map ? undefined : map.sources[0];
  const rule = (source?.fields as Readonly<Record<string, Rule<unknown>>> | undefined)?.[field];
  if (source === undefined || rule?.rule !== 'field') return [];
  return schema.get(source.object)?.get(rule.name)?.options ?? [];
}
