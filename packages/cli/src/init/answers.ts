import { readFileSync } from 'node:fs';
import type { OrgProfile } from '@holdfast/core';
import * as z from 'zod';
import { UserError } from '../failure.ts';
import type { ProfileProposal } from './propose-profile.ts';

const meanings = z.record(z.string(), z.string()).optional();

/** What a person says of an org in place of, or beyond, what could be proposed. */
const answersSchema = z.strictObject({
  /** Options of the adapter: the org's own field names. Never secrets. */
  options: z.record(z.string(), z.unknown()).optional(),
  lifecycles: meanings,
  stages: meanings,
  pipelines: meanings,
  types: meanings,
  ticketStages: meanings,
  urgentPriorities: z.array(z.string()).optional(),
  contractStatuses: meanings,
  orderStatuses: meanings,
  referralSources: z.array(z.string()).optional(),
  wonOpportunity: z.boolean().optional(),
  activeContract: z.boolean().optional(),
  pilot: z.array(z.string()).optional(),
  rates: z.record(z.string(), z.object({ rate: z.number().positive(), on: z.string() })).optional(),
});
export type Answers = z.infer<typeof answersSchema>;

/** Reads an answers file; what it may hold is checked here, what the meanings may be when the config is saved. */
export function readAnswers(file: string): Answers {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UserError('bad-answers', `The answers file ${file} cannot be read as JSON: check its name and content.`);
  }
  const parsed = answersSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    'bad-answers',
    `The answers file ${file}: ${z.core.toDotPath(issue?.path ?? [])}: ${issue?.message}.`,
  );
}

/** Lays answers over a proposal; an answered value is no longer open. */
export function applyAnswers({ profile, open }: ProfileProposal, answers: Answers): ProfileProposal {
  const { book, opportunities, tickets, contracts, orders } = profile;
  const answered: OrgProfile = {
    ...profile,
    rates: { ...profile.rates, ...answers.rates },
    referralSources: answers.referralSources ?? profile.referralSources,
    book: {
      ...book,
      wonOpportunity: answers.wonOpportunity ?? book.wonOpportunity,
      activeContract: answers.activeContract ?? book.activeContract,
      pilot: answers.pilot ?? book.pilot,
      lifecycles: lay(book.lifecycles, answers.lifecycles),
    },
    opportunities: {
      stages: lay(opportunities.stages, answers.stages),
      pipelines: lay(opportunities.pipelines, answers.pipelines),
      types: lay(opportunities.types, answers.types),
    },
    tickets: { stages: lay(tickets.stages, answers.ticketStages), urgent: answers.urgentPriorities ?? tickets.urgent },
    contracts: { statuses: lay(contracts.statuses, answers.contractStatuses) },
    orders: { statuses: lay(orders.statuses, answers.orderStatuses) },
  };
  const said = new Set(
    [
      answers.lifecycles,
      answers.stages,
      answers.pipelines,
      answers.types,
      answers.ticketStages,
      answers.contractStatuses,
      answers.orderStatuses,
    ].flatMap((table) => Object.keys(table ?? {})),
  );
  return { profile: answered, open: open.filter(({ value }) => !said.has(value)) };
}

/** The meanings themselves are checked by the profile's schema, which names the place. */
function lay<M extends string>(
  table: Readonly<Record<string, M>>,
  said: Readonly<Record<string, string>> | undefined,
): Record<string, M> {
  return { ...table, ...(said as Readonly<Record<string, M>> | undefined) };
}
