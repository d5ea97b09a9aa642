import type { Program } from '../entities/program.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import { programSchema } from './program-schema.ts';

/** A program file that cannot be used: every problem with the place in the file, one sentence each. */
export interface ProgramRefusal extends Refusal {
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Reads a program file (already parsed JSON) at the border; refuses it whole, with every problem named once. */
export function parseProgram(input: unknown): Program | ProgramRefusal {
  const parsed = programSchema.safeParse(input);
  // JSON holds no `undefined`: what zod calls `T | undefined` is simply absent
  if (parsed.success) return parsed.data as Program;
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || 'program', message }));
  const detail = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  return { ...refuse('bad_program', detail), problems };
}
