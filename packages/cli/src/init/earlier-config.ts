import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OrgProfile } from '@holdfast/core';
import type { Config } from '../config/config.ts';
import { CONFIG_FILE, loadConfig } from '../config/load-config.ts';
import { UserError } from '../failure.ts';
import { MEANING_LISTS } from './meaning-lists.ts';
import { layMeanings, type ProfileProposal } from './propose-profile.ts';

/** The config that is there already, or `null`; a folder that belongs to another CRM is refused. */
export function earlierConfig(folder: string, crm: string): Config | null {
  if (!existsSync(join(folder, CONFIG_FILE))) return null;
  const config = loadConfig(folder);
  if (config.crm === crm) return config;
  throw new UserError(
    'other-crm',
    `This folder belongs to ${config.crm} already: give ${crm} a folder of its own with --workspace.`,
    2,
  );
}

/** What a person has said or edited before stands over what is proposed now. Another org's words are refused. */
export function keepSaid(proposal: ProfileProposal, earlier: OrgProfile | undefined): ProfileProposal {
  if (!earlier) return proposal;
  const { profile, open } = proposal;
  if (earlier.orgId !== profile.orgId) {
    throw new UserError(
      'wrong-org',
      `This folder was set up for ${earlier.orgId}, but these credentials lead to ${profile.orgId}: give it a folder of its own with --workspace.`,
    );
  }
  const kept = { ...profile, ...earlier, confirmedAt: null };
  const fresh = MEANING_LISTS.reduce<OrgProfile>((at, list) => list.set(at, list.get(profile)), kept);
  return layMeanings({ profile: fresh, open }, (list) => list.get(earlier));
}
