import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  DEFAULT_PROGRAM,
  type ExchangeRate,
  type Program,
  parseDay,
  parseInstant,
  type ReferralCode,
  unknownChecks,
} from '@holdfast/core';
import { parseProgram } from '@holdfast/core/program';
import * as z from 'zod';
import { UserError } from '../failure.ts';
import { type FiledClause, readClauses } from './clause-file.ts';
import { readInputFile, readJson } from './read-input-file.ts';

/** What the folder `programs` of a workspace says. */
export interface ProgramFiles {
  readonly programs: readonly Program[];
  readonly rates: readonly ExchangeRate[];
  readonly codes: readonly ReferralCode[];
  readonly clauses: readonly FiledClause[];
}

const RATES = 'rates.json';
const CODES = 'codes.json';
const CLAUSES = 'clauses.json';

const currency = z.string().regex(/^[A-Z]{3}$/, 'is no currency code (three capital letters)');
const day = z.string().refine((it) => parseDay(it) !== null, 'is no day (YYYY-MM-DD)');
const instant = z
  .string()
  .refine((it) => parseInstant(it) !== null, 'is no instant such as 2026-01-31T09:00:00Z')
  .transform((it) => parseInstant(it) ?? 0);

const rateTable = z.array(
  z.strictObject({
    from: currency,
    to: currency,
    value: z.number().positive('is not above zero'),
    on: day,
    source: z.string().min(1, 'is empty'),
  }),
);

const codeList = z.array(
  z.strictObject({
    code: z.string().min(2),
    programId: z.string().min(1),
    participantId: z.string().min(1),
    status: z.enum(['active', 'withdrawn']),
    createdAt: instant,
    expiresAt: instant.nullable(),
    maxUses: z.number().int().positive('is not above zero').nullable(),
    uses: z.number().int().min(0, 'is negative'),
  }),
);

/**
 * Reads `programs/*.json`, and beside them `rates.json`, `codes.json` and `clauses.json` where they are there. Without a program the
 * default one stands, in the org's currency: it follows and credits, and gives nothing. One file that is not right is
 * refused with its first problem, and nothing is taken over.
 */
export function readProgramFiles(workspaceFolder: string, orgCurrency: string): ProgramFiles {
  const folder = join(workspaceFolder, 'programs');
  const names = existsSync(folder) ? readdirSync(folder).filter((it) => it.endsWith('.json')) : [];
  const files = names.filter((it) => ![RATES, CODES, CLAUSES].includes(it)).sort();
  const own = files.map((name) => readProgram(join(folder, name)));
  refuseTwins(own, files, folder);
  const programs = own.length > 0 ? own : [{ ...DEFAULT_PROGRAM, currency: orgCurrency }];
  return {
    programs,
    rates: names.includes(RATES) ? readInputFile(join(folder, RATES), 'bad_rates', rateTable) : [],
    codes: names.includes(CODES) ? readInputFile(join(folder, CODES), 'bad_codes', codeList) : [],
    clauses: names.includes(CLAUSES) ? readClauses(join(folder, CLAUSES), programs) : [],
  };
}

/** The first problem with its place, and how many more there are: one sentence mends more than a list. */
function readProgram(file: string): Program {
  const program = parseProgram(readJson(file, 'bad_program'));
  if ('refused' in program) {
    const [first, ...more] = program.problems;
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    throw bad(`${file}, ${first?.path}: ${first?.message}${others}.`);
  }
  const [unknown] = unknownChecks(program);
  if (unknown !== undefined) throw bad(`${file}, checksOff: there is no check "${unknown}".`);
  return program;
}

function refuseTwins(programs: readonly Program[], files: readonly string[], folder: string): void {
  programs.forEach(({ id }, place) => {
    const first = programs.findIndex((it) => it.id === id);
    if (first !== place) throw bad(`${join(folder, files[place] ?? '')}, id: "${id}" is that of ${files[first]} too.`);
  });
}

function bad(what: string): UserError {
  return new UserError('bad_program', `Refused (bad_program): ${what} Correct the file and run again.`, 2);
}
