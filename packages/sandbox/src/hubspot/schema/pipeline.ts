import type { HubSpotTier } from './object-type.ts';

/** A stage. Metadata values are strings, as in the real API: `"true"`, `"0.2"`. */
export interface PipelineStage {
  readonly id: string;
  label: string;
  displayOrder: number;
  metadata: Readonly<Record<string, string>>;
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
}

/** A pipeline of deals, tickets or orders. */
export interface Pipeline {
  readonly id: string;
  label: string;
  displayOrder: number;
  readonly stages: PipelineStage[];
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
}

type StageRow = readonly [id: string, label: string, probability: string];

const salesStages: readonly StageRow[] = [
  ['appointmentscheduled', 'Appointment scheduled', '0.2'],
  ['qualifiedtobuy', 'Qualified to buy', '0.4'],
  ['presentationscheduled', 'Presentation scheduled', '0.6'],
  ['decisionmakerboughtin', 'Decision maker bought-in', '0.8'],
  ['contractsent', 'Contract sent', '0.9'],
  ['closedwon', 'Closed won', '1.0'],
  ['closedlost', 'Closed lost', '0.0'],
];

const renewalStages: readonly StageRow[] = [
  ['139820411', 'Renewal due', '0.6'],
  ['139820412', 'In talks', '0.7'],
  ['139820413', 'Quote sent', '0.8'],
  ['139820414', 'Renewed', '1.0'],
  ['139820415', 'Not renewed', '0.0'],
];

/** The id of the customer's renewal pipeline, where the tier has more than one deal pipeline. */
export const renewalPipelineId = '71205318';

/** The most deal pipelines of each tier; third-party figures, so ask the limits endpoint and not this table. */
export const pipelineLimits: Readonly<Record<HubSpotTier, number>> = {
  free: 1,
  starter: 2,
  professional: 15,
  enterprise: 100,
};

/** The pipelines a customer's portal of a tier begins with, by object type id. */
export function initialPipelines(tier: HubSpotTier, at: number): Map<string, Pipeline[]> {
  const sales = dealPipeline('default', 'Sales pipeline', 0, salesStages, at);
  const renewals = dealPipeline(renewalPipelineId, 'Renewals', 1, renewalStages, at);
  const statePipeline = (id: string, label: string, rows: readonly (readonly [string, string, string])[]): Pipeline =>
    makePipeline(
      id,
      label,
      0,
      rows.map(([stage, shown, state]) => [stage, shown, { ticketState: state }]),
      at,
    );
  return new Map([
    ['0-3', pipelineLimits[tier] > 1 ? [sales, renewals] : [sales]],
    [
      '0-5',
      [
        statePipeline('0', 'Support pipeline', [
          ['1', 'New', 'OPEN'],
          ['2', 'Waiting on contact', 'OPEN'],
          ['3', 'Waiting on us', 'OPEN'],
          ['4', 'Closed', 'CLOSED'],
        ]),
      ],
    ],
    ['0-123', [makePipeline('14a2e10e-5471-408a-906e-c51f3b04369e', 'Order pipeline', 0, orderStages, at)]],
  ]);
}

const orderStages: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['4b27b500-f031-4927-9811-68a0b525cbae', 'Open', { isClosed: 'false' }],
  ['aa99e8d0-c1d5-4071-b915-d240bbb1aed9', 'Processed', { isClosed: 'false' }],
  ['3725360f-519b-4b18-a593-494d60a29c9f', 'Delivered', { isClosed: 'true' }],
  ['3c85a297-e9ce-400b-b42e-9f16853d69d6', 'Cancelled', { isClosed: 'true' }],
];

function dealPipeline(id: string, label: string, order: number, rows: readonly StageRow[], at: number): Pipeline {
  const closed = (probability: string) => String(probability === '1.0' || probability === '0.0');
  return makePipeline(
    id,
    label,
    order,
    rows.map(([stage, shown, probability]) => [stage, shown, { isClosed: closed(probability), probability }]),
    at,
  );
}

/** A pipeline from rows of stage id, label and metadata. */
export function makePipeline(
  id: string,
  label: string,
  displayOrder: number,
  rows: readonly (readonly [string, string, Readonly<Record<string, string>>])[],
  at: number,
): Pipeline {
  return {
    id,
    label,
    displayOrder,
    archived: false,
    createdAt: at,
    updatedAt: at,
    stages: rows.map(([stage, shown, metadata], index) => ({
      id: stage,
      label: shown,
      displayOrder: index,
      metadata,
      archived: false,
      createdAt: at,
      updatedAt: at,
    })),
  };
}
