import { CrmError } from '@holdfast/core';
import * as z from 'zod';
import { API_VERSION, type Client } from './client.ts';
import { answerError, protocolError } from './errors.ts';

const describedField = z.object({
  name: z.string(),
  type: z.string(),
  label: z.string().optional(),
  length: z.number().optional(),
  createable: z.boolean(),
  updateable: z.boolean(),
  calculated: z.boolean().optional(),
  custom: z.boolean().optional(),
  externalId: z.boolean().optional(),
  unique: z.boolean().optional(),
  permissionable: z.boolean().optional(),
  compoundFieldName: z.string().nullish(),
  relationshipName: z.string().nullish(),
  picklistValues: z
    .array(z.object({ value: z.string().nullable(), label: z.string().nullish(), active: z.boolean() }))
    .optional(),
});

const describedObject = z.object({
  name: z.string(),
  createable: z.boolean(),
  updateable: z.boolean(),
  queryable: z.boolean(),
  fields: z.array(describedField),
  childRelationships: z
    .array(z.object({ relationshipName: z.string().nullable(), childSObject: z.string().optional() }))
    .optional(),
});

export type DescribedField = z.infer<typeof describedField>;

/** One object as this user sees it: a field that field-level security hides is simply absent. */
export interface ObjectShape {
  readonly name: string;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly fields: ReadonlyMap<string, DescribedField>;
  /** Names of lookups as used in a path: `Product2` of Product2Id. */
  readonly parents: ReadonlySet<string>;
  readonly children: ReadonlySet<string>;
  /** Objects that keep the history of this one: `AccountHistory`. */
  readonly histories: ReadonlySet<string>;
}

export type Shapes = ReadonlyMap<string, ObjectShape>;

/** Answers of one composite call, by reference id: what was asked for, or that it is not there (for this user). */
export type CompositeAnswers = ReadonlyMap<string, { readonly status: number; readonly body: unknown }>;

const compositeAnswer = z.object({
  compositeResponse: z.array(z.object({ body: z.unknown(), httpStatusCode: z.number(), referenceId: z.string() })),
});

/** Most requests in one composite call, and most queries among them (REST API Developer Guide, "Composite"). */
const MOST_SUBREQUESTS = 25;
const MOST_QUERIES = 5;

/** Asks for several things in as few calls as can be; a composite counts as one call of the day's budget. */
export async function composite(
  client: Client,
  paths: Readonly<Record<string, string>>,
  purpose: 'connect' | 'schema',
  signal?: AbortSignal,
): Promise<CompositeAnswers> {
  const answers = new Map<string, { status: number; body: unknown }>();
  for (const entries of parts(Object.entries(paths))) {
    const compositeRequest = entries.map(([referenceId, path]) => ({
      method: 'GET',
      referenceId,
      url: `/services/data/v${API_VERSION}${path}`,
    }));
    const answer = await client.call({ purpose, signal }, (connection) =>
      connection.requestPost('/composite', { allOrNone: false, compositeRequest }),
    );
    const parsed = compositeAnswer.safeParse(answer);
    if (!parsed.success) throw protocolError('to a composite call has another shape');
    for (const { referenceId, httpStatusCode, body } of parsed.data.compositeResponse)
      answers.set(referenceId, { status: httpStatusCode, body });
  }
  return answers;
}

type Entry = readonly [referenceId: string, path: string];

function parts(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const made: Entry[][] = [];
  for (const entry of entries) {
    const last = made.at(-1);
    const queries = (part: readonly Entry[]) => part.filter(([, path]) => path.startsWith('/query')).length;
    const fits =
      last && last.length < MOST_SUBREQUESTS && (!entry[1].startsWith('/query') || queries(last) < MOST_QUERIES);
    if (fits) last.push(entry);
    else made.push([entry]);
  }
  return made;
}

/** Reads one described object out of a composite answer; `null` when the object is not there for this user. */
export function shapeOf(answers: CompositeAnswers, object: string): ObjectShape | null {
  const answer = answers.get(object);
  if (!answer) throw protocolError('to a composite call lacks a part');
  if (answer.status >= 400) {
    const error = answerError({ status: answer.status, headers: {}, body: JSON.stringify(answer.body) }, false);
    if (error.code === 'not-found' || error.code === 'permission') return null;
    throw error;
  }
  const parsed = describedObject.safeParse(answer.body);
  if (!parsed.success) throw protocolError('to describe has another shape');
  const { name, createable, updateable, queryable, fields, childRelationships } = parsed.data;
  if (!queryable) return null;
  return {
    name,
    createable,
    updateable,
    fields: new Map(fields.map((field) => [field.name, field])),
    parents: new Set(fields.flatMap((field) => field.relationshipName ?? [])),
    children: new Set((childRelationships ?? []).flatMap((child) => child.relationshipName ?? [])),
    histories: new Set(
      (childRelationships ?? []).flatMap(({ childSObject }) => (childSObject?.endsWith('History') ? childSObject : [])),
    ),
  };
}

/** Rows of a query inside a composite answer; `null` when the object may not be asked. */
export function rowsOf(
  answers: CompositeAnswers,
  referenceId: string,
): readonly Readonly<Record<string, unknown>>[] | null {
  const answer = answers.get(referenceId);
  if (!answer) throw protocolError('to a composite call lacks a part');
  if (answer.status >= 400) {
    const error = answerError({ status: answer.status, headers: {}, body: JSON.stringify(answer.body) }, false);
    if (error instanceof CrmError && (error.code === 'not-found' || error.code === 'permission')) return null;
    throw error;
  }
  const parsed = z.object({ records: z.array(z.record(z.string(), z.unknown())) }).safeParse(answer.body);
  if (!parsed.success) throw protocolError('to a query has another shape');
  return parsed.data.records;
}
