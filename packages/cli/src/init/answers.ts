import { readFileSync } from 'node:fs';
import type { OrgProfile } from '@holdfast/core';
import * as z from 'zod';
import { UserError } from '../failure.ts';
import { layMeanings, type ProfileProposal } from './propose-profile.ts';

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
  const place = z.core.toDotPath(issue?.path ?? []);
  throw new UserError(
    'bad-answers',
    `The answers file ${file} cannot be used${place === '' ? '' : `, at ${place}`} (${issue?.message}): it may hold ${Object.keys(answersSchema.shape).join(', ')}.`,
  );
}

/** Lays answers over a proposal; an answered value is no longer open. */
export function applyAnswers(proposal: ProfileProposal, answers: Answers): ProfileProposal {
  const { profile, open } = layMeanings(proposal, ({ answer }) => answers[answer]);
  const { book, tickets } = profile;
  const answered: OrgProfile = {
    ...profile,
    rates: { ...profile.rates, ...answers.rates },
    referralSources: answers.referralSources ?? profile.referralSources,
    tickets: { ...tickets, urgent: answers.urgentPriorities ?? tickets.urgent },
    book: {
      ...book,
      wonOpportunity: answers.wonOpportunity ?? book.wonOpportunity,
      activeContract: answers.activeContract ?? book.activeContract,
      pilot: answers.pilot ?? book.pilot,
    },
  };
  return { profile: answered, open };
}
