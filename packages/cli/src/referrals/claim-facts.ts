import type { GivenFacts } from '@holdfast/core';
import * as z from 'zod';
import { readInputFile } from './read-input-file.ts';

const text = z.string().min(1, 'is empty');
const factsFile = z.strictObject({
  devices: z.strictObject({ referrer: z.array(text), referred: z.array(text) }).optional(),
  click: z.strictObject({ parameters: z.record(text, z.string()), referrerHost: text.nullable() }).optional(),
});

/**
 * What a form or a link knew of a claim and no CRM keeps, from a file: network addresses or devices of both sides, which
 * become digests at once, and the click that the party came by. Only the checks read it.
 */
export function readClaimFacts(file: string, digest: (text: string) => string): GivenFacts {
  const { devices, click } = readInputFile(file, 'bad_facts', factsFile);
  const digests = (list: readonly string[]) => list.map((it) => digest(`fraud:device:${it.trim().toLowerCase()}`));
  return {
    ...(devices && { devices: { referrer: digests(devices.referrer), referred: digests(devices.referred) } }),
    ...(click && { source: click }),
  };
}
