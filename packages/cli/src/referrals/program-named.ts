import { type Program, refuse } from '@holdfast/core';
import type { ReferralDesk } from './referral-desk.ts';
import { refusalError } from './refusal.ts';

/** The program of an id, or the only one where none is named; anything else is refused with those there are. */
export function programNamed({ programs }: Pick<ReferralDesk, 'programs'>, id: string | undefined): Program {
  const [first, ...others] = programs;
  const found = id === undefined && others.length === 0 ? first : programs.find((it) => it.id === id);
  if (found) return found;
  const said = id === undefined ? 'There are several programs.' : `There is no program "${id}".`;
  const known = programs.map((it) => it.id).join(', ');
  throw refusalError(refuse('unknown_program', `${said} Choose one with --program: ${known}.`));
}
