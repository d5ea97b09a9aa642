import type { CrmCapabilities, EntityName } from '@holdfast/core';
import * as z from 'zod';
import type { Config } from '../config/config.ts';

/** Where the org shows what people record of referrals, and where it did in an earlier pull and does no longer. */
export const recordedSourcesSchema = z.object({ shown: z.array(z.string()), lost: z.array(z.string()) });
export type RecordedSources = z.infer<typeof recordedSourcesSchema>;

/**
 * The links and fields that can be read, by the names that the configuration gives them: under another name it is another
 * one. Once lost stays lost until all of it was read again, so that what vanished with a permission is not taken for
 * corrected. `whole`: the entities of which the pull read everything.
 */
export function recordedSources(
  { options }: Pick<Config, 'options'>,
  { read }: Pick<CrmCapabilities, 'read'>,
  whole: readonly EntityName[],
  before: RecordedSources = { shown: [], lost: [] },
): RecordedSources {
  const { fields, referralLabel = '' } = naming.parse(options);
  const named = FIELDS.flatMap((entity) => {
    const missing = read[entity]?.missing['referredById'];
    return read[entity] && missing === undefined ? [`${entity} ${fields[entity]?.referredById ?? ''}`] : [];
  });
  const link = `referralLink ${referralLabel} ${fields.contact?.referredById ?? ''}`;
  const shown = [...(read.referralLink ? [link] : []), ...named];
  const isBack = (it: string) => shown.includes(it) && whole.some((entity) => it.startsWith(`${entity} `));
  const vanished = before.shown.filter((it) => !shown.includes(it));
  return { shown, lost: [...new Set([...before.lost, ...vanished])].filter((it) => !isBack(it)) };
}

const FIELDS = ['contact', 'lead', 'opportunity'] as const;

const naming = z.object({
  referralLabel: z.string().optional().catch(undefined),
  fields: z
    .partialRecord(z.enum(FIELDS), z.object({ referredById: z.string().optional() }).catch({}))
    .catch({})
    .default({}),
});
