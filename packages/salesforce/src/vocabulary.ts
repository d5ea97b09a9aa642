import type { Vocabulary, VocabularyValue } from '@holdfast/core';
import { type CompositeAnswers, rowsOf, type Shapes } from './describe.ts';

/** The org's own lists of stages and statuses; part of the composite call of `connect`. */
export const VOCABULARY_QUERIES = {
  stages: 'SELECT ApiName, MasterLabel, IsClosed, IsWon FROM OpportunityStage WHERE IsActive = TRUE ORDER BY SortOrder',
  caseStatuses: 'SELECT ApiName, MasterLabel, IsClosed FROM CaseStatus ORDER BY SortOrder',
} as const;

/** Asked beside them where notes are switched on. */
export const CLOSED_STATUS_QUERY = {
  closedStatus: 'SELECT ApiName, MasterLabel FROM TaskStatus WHERE IsClosed = TRUE ORDER BY SortOrder LIMIT 1',
} as const;

/** What the org calls a task that is done; where its settings may not be asked, the word of a new org if it has it. */
export function closedStatus(answers: CompositeAnswers, shapes: Shapes): string | null {
  const told = rowsOf(answers, 'closedStatus');
  if (told) return told.map((row) => String(row['ApiName'] ?? row['MasterLabel']))[0] ?? null;
  return picklist(shapes, 'Task', 'Status').find(({ value }) => value === 'Completed')?.value ?? null;
}

/** The values that the org uses, with what Salesforce says of them. */
export function readVocabulary(answers: CompositeAnswers, shapes: Shapes): Vocabulary {
  return {
    lifecycles: picklist(shapes, 'Account', 'Type'),
    pipelines: [],
    stages: listed(answers, 'stages', stageMeaning) ?? picklist(shapes, 'Opportunity', 'StageName'),
    opportunityTypes: picklist(shapes, 'Opportunity', 'Type'),
    opportunitySources: picklist(shapes, 'Opportunity', 'LeadSource'),
    ticketStages:
      listed(answers, 'caseStatuses', (row) => (row['IsClosed'] === true ? 'closed' : 'open')) ??
      picklist(shapes, 'Case', 'Status'),
    contractStatuses: picklist(shapes, 'Contract', 'Status'),
    orderStatuses: picklist(shapes, 'Order', 'Status'),
  };
}

type Meaning = NonNullable<VocabularyValue['meaning']>;
type Row = Readonly<Record<string, unknown>>;

function stageMeaning(row: Row): Meaning {
  return row['IsWon'] === true ? 'won' : row['IsClosed'] === true ? 'lost' : 'open';
}

function listed(
  answers: CompositeAnswers,
  referenceId: string,
  meaning: (row: Row) => Meaning,
): readonly VocabularyValue[] | null {
  const rows = rowsOf(answers, referenceId);
  return (
    rows?.map((row) => ({
      value: String(row['ApiName'] ?? row['MasterLabel']),
      label: String(row['MasterLabel'] ?? row['ApiName']),
      meaning: meaning(row),
    })) ?? null
  );
}

function picklist(shapes: Shapes, object: string, field: string): readonly VocabularyValue[] {
  const values = shapes.get(object)?.fields.get(field)?.picklistValues ?? [];
  return values.flatMap(({ value, label, active }) => (active && value ? [{ value, label: label ?? value }] : []));
}
