import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../failure.ts';
import { parseJson } from '../text/parse-json.ts';

/** Reads a JSON file of the user's; one that cannot be read or is none of its kind is bad input, named with the place. */
export function readInputFile<T>(file: string, code: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(readJson(file, code));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = z.core.toDotPath(issue?.path ?? []) || 'the file';
  throw new UserError(code, `Refused (${code}): ${file}, ${place}: ${issue?.message}. Correct it and run again.`, 2);
}

/** The file's JSON, whatever it says. */
export function readJson(file: string, code: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(code, `Refused (${code}): ${file} cannot be read. Check the path and run again.`, 2);
  }
  const json = parseJson(text);
  if (json !== undefined) return json;
  throw new UserError(code, `Refused (${code}): ${file} is no JSON. Correct it and run again.`, 2);
}
