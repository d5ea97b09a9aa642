import { invalid, notFound } from '../http/api-error.ts';
import { type Call, jsonBody, noContent, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { makePipeline, type Pipeline, type PipelineStage, pipelineLimits } from '../schema/pipeline.ts';
import { slotOf } from '../state/table.ts';
import { isoInstant } from '../state/values.ts';

const at = (rest: string) => ({
  dated: `/crm/pipelines/{V}/{objectType}${rest}`,
  classic: [`/crm/v3/pipelines/{objectType}${rest}`],
});
const read = ['crm.schemas.{object}.read', 'crm.objects.{object}.read'];
const write = ['crm.schemas.{object}.write', 'crm.objects.{object}.write'];

/** Pipelines and their stages. */
export const pipelineRoutes: readonly Route[] = [
  { method: 'GET', ...at(''), scopes: read, handle: (call) => ok({ results: live(call).map(pipelineJson) }) },
  { method: 'POST', ...at(''), scopes: write, handle: create },
  { method: 'GET', ...at('/{id}'), scopes: read, handle: (call) => ok(pipelineJson(wanted(call))) },
  { method: 'PATCH', ...at('/{id}'), scopes: write, handle: update },
  { method: 'DELETE', ...at('/{id}'), scopes: write, handle: remove },
  {
    method: 'GET',
    ...at('/{id}/stages'),
    scopes: read,
    handle: (call) => ok({ results: stages(wanted(call)).map(stageJson) }),
  },
  { method: 'POST', ...at('/{id}/stages'), scopes: write, handle: createStage },
  { method: 'GET', ...at('/{id}/stages/{stageId}'), scopes: read, handle: (call) => ok(stageJson(wantedStage(call))) },
  { method: 'PATCH', ...at('/{id}/stages/{stageId}'), scopes: write, handle: updateStage },
];

function pipelineJson(pipeline: Pipeline): object {
  const { id, label, displayOrder, archived, createdAt, updatedAt } = pipeline;
  return {
    label,
    displayOrder,
    id,
    stages: stages(pipeline).map(stageJson),
    createdAt: isoInstant(createdAt),
    updatedAt: isoInstant(updatedAt),
    archived,
  };
}

function stageJson(stage: PipelineStage): object {
  const { id, label, displayOrder, metadata, archived, createdAt, updatedAt } = stage;
  return {
    label,
    displayOrder,
    metadata,
    id,
    createdAt: isoInstant(createdAt),
    updatedAt: isoInstant(updatedAt),
    archived,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

function stages(pipeline: Pipeline): PipelineStage[] {
  return pipeline.stages.filter((stage) => !stage.archived);
}

function all(call: Call): Pipeline[] {
  const { type } = tableParam(call);
  const known = call.portal.pipelines.get(type.id);
  if (known === undefined) throw invalid(`Object type ${type.id} does not support pipelines`);
  return known;
}

function live(call: Call): Pipeline[] {
  return all(call).filter((pipeline) => !pipeline.archived);
}

function wanted(call: Call): Pipeline {
  const pipeline = live(call).find((one) => one.id === call.params['id']);
  if (pipeline === undefined) throw notFound(`Pipeline ${call.params['id']} does not exist`);
  return pipeline;
}

function wantedStage(call: Call): PipelineStage {
  const stage = stages(wanted(call)).find((one) => one.id === call.params['stageId']);
  if (stage === undefined) throw notFound(`Stage ${call.params['stageId']} does not exist`);
  return stage;
}

interface StageInput {
  readonly label?: unknown;
  readonly metadata?: Readonly<Record<string, string>>;
}

function create(call: Call): Reply {
  const body = jsonBody(call);
  const known = live(call);
  const most = pipelineLimits[call.portal.tier];
  if (known.length >= most)
    throw invalid(`The limit of ${most} pipelines is reached`, { subCategory: 'PipelineError.PIPELINE_LIMIT_REACHED' });
  const given = Array.isArray(body['stages']) ? (body['stages'] as readonly StageInput[]) : [];
  const id = nextPipelineId(call);
  const rows = given.map(
    (stage, index) => [String(id * 10 + index), String(stage.label), texts(stage.metadata)] as const,
  );
  const pipeline = makePipeline(
    String(id),
    String(body['label']),
    Number(body['displayOrder'] ?? known.length),
    rows,
    call.at,
  );
  all(call).push(pipeline);
  return { status: 201, body: pipelineJson(pipeline) };
}

function nextPipelineId(call: Call): number {
  return 71_205_400 + all(call).length * 13;
}

/** Metadata values are strings, whatever was sent. */
function texts(metadata: StageInput['metadata']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, String(value)]));
}

function update(call: Call): Reply {
  const pipeline = wanted(call);
  const { label, displayOrder } = jsonBody(call);
  if (typeof label === 'string') pipeline.label = label;
  if (typeof displayOrder === 'number') pipeline.displayOrder = displayOrder;
  pipeline.updatedAt = call.at;
  return ok(pipelineJson(pipeline));
}

/** Refused while records are in it, when the caller asks for that check. */
function remove(call: Call): Reply {
  const pipeline = wanted(call);
  const table = tableParam(call);
  const slot = slotOf(table, table.type.id === '0-3' ? 'pipeline' : 'hs_pipeline');
  const checked = ['validateReferencesBeforeDelete', 'validateDealStageUsagesBeforeDelete'].some(
    (name) => call.query.get(name) === 'true',
  );
  const used = checked && table.ids.some((id) => table.records.get(id)?.current.values[slot] === pipeline.id);
  if (used)
    throw invalid(`Pipeline ${pipeline.id} still has records in it`, { subCategory: 'PipelineError.STAGE_ID_IN_USE' });
  pipeline.archived = true;
  return noContent;
}

function createStage(call: Call): Reply {
  const pipeline = wanted(call);
  const { label, displayOrder, metadata } = jsonBody(call);
  const stage: PipelineStage = {
    id: String(139_821_000 + pipeline.stages.length + Number(pipeline.displayOrder) * 100),
    label: String(label),
    displayOrder: Number(displayOrder ?? pipeline.stages.length),
    metadata: texts(metadata as StageInput['metadata']),
    archived: false,
    createdAt: call.at,
    updatedAt: call.at,
  };
  pipeline.stages.push(stage);
  return { status: 201, body: stageJson(stage) };
}

function updateStage(call: Call): Reply {
  const stage = wantedStage(call);
  const { label, displayOrder, metadata } = jsonBody(call);
  if (typeof label === 'string') stage.label = label;
  if (typeof displayOrder === 'number') stage.displayOrder = displayOrder;
  if (metadata !== undefined) stage.metadata = texts(metadata as StageInput['metadata']);
  stage.updatedAt = call.at;
  return ok(stageJson(stage));
}
