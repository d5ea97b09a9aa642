import type { EntityName, OrgProfile, Problem } from '@holdfast/core';
import { composite, rowsOf } from '../describe.ts';
import type { Session } from '../session.ts';
import { error } from './problem.ts';

interface Vocabulary {
  readonly id: string;
  readonly entity: EntityName;
  readonly field: string;
  /** What the profile says of the values. */
  readonly known: (profile: OrgProfile) => object;
  /** Where the profile says it. */
  readonly place: string;
}

const VOCABULARIES: readonly Vocabulary[] = [
  {
    id: 'lifecycle',
    entity: 'account',
    field: 'lifecycle',
    known: (profile) => profile.book.lifecycles,
    place: 'book.lifecycles',
  },
  {
    id: 'stage',
    entity: 'opportunity',
    field: 'stage',
    known: (profile) => profile.opportunities.stages,
    place: 'opportunities.stages',
  },
  {
    id: 'type',
    entity: 'opportunity',
    field: 'type',
    known: (profile) => profile.opportunities.types,
    place: 'opportunities.types',
  },
  {
    id: 'ticketStage',
    entity: 'ticket',
    field: 'stage',
    known: (profile) => profile.tickets.stages,
    place: 'tickets.stages',
  },
  {
    id: 'contractStatus',
    entity: 'contract',
    field: 'status',
    known: (profile) => profile.contracts.statuses,
    place: 'contracts.statuses',
  },
  {
    id: 'orderStatus',
    entity: 'order',
    field: 'status',
    known: (profile) => profile.orders.statuses,
    place: 'orders.statuses',
  },
];

/** Values in use that the profile does not explain: each is a problem, none has a default. */
export async function checkProfile(
  session: Session,
  profile: OrgProfile,
  signal?: AbortSignal,
): Promise<readonly Problem[]> {
  if (profile.orgId !== session.org.id)
    return [
      error(
        'wrong-org',
        `This profile was confirmed for org ${profile.orgId}, and this is ${session.org.id}: use its own workspace, or run \`holdfast init\`.`,
      ),
    ];
  const sources = VOCABULARIES.flatMap((vocabulary) => {
    const source = sourceOf(session, vocabulary);
    return source ? [{ vocabulary, ...source }] : [];
  });
  const queries = sources.map(({ vocabulary, object, name }) => [
    vocabulary.id,
    `/query?q=${encodeURIComponent(`SELECT ${name}, COUNT(Id) total FROM ${object} GROUP BY ${name}`)}`,
  ]);
  const answers = await composite(session.client, Object.fromEntries(queries), 'connect', signal);
  return sources.flatMap(({ vocabulary, object, name }) =>
    (rowsOf(answers, vocabulary.id) ?? []).flatMap((row) => {
      const value = row[name];
      if (typeof value !== 'string' || value in vocabulary.known(profile)) return [];
      return [
        error(
          'unmapped-value',
          `${object}.${name} "${value}" is in use (${String(row['total'])} records) and the profile does not say what it means: add it to ${vocabulary.place}.`,
        ),
      ];
    }),
  );
}

/** Where the vocabulary is kept in this org; a field that is hidden or a path cannot be grouped by. */
function sourceOf(
  session: Session,
  { entity, field }: Vocabulary,
): { readonly object: string; readonly name: string } | null {
  const bound = session.bound[entity];
  const source = 'unavailable' in bound ? undefined : bound.sources[0];
  const rule = source?.rules[field];
  if (!source || rule?.rule !== 'field' || !source.shape.fields.has(rule.name)) return null;
  return { object: source.object, name: rule.name };
}
