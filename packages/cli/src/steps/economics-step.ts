import {
  type NoTreatmentEffect,
  type RetentionCosts,
  type RetentionEconomics,
  retentionEconomics,
  type TreatmentEffect,
} from '@holdfast/core';
import { readActionLog } from '@holdfast/workflows';
import type { OwnCosts } from '../config/config.ts';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { measureStep } from './actions-measure.ts';

/** What it costs to win, serve and keep, by the section `economics` of the config; `null` where it is not set. */
export async function economicsStep(session: Session, pulled: Pulled): Promise<RetentionEconomics | null> {
  const { economics } = session.config;
  if (!economics) return null;
  const log = readActionLog(session.workspace);
  const measured = log.arms.length > 0 ? (await measureStep(session, pulled, log)).effect : null;
  return retentionEconomics(costsOf(economics, measured));
}

/** Saves as the hold-out measured them, else as the config assumes them; else there is no cost of a save. */
export function costsOf(own: OwnCosts, measured: TreatmentEffect | NoTreatmentEffect | null): RetentionCosts {
  const { acquisition, serving, retention, saves: assumed } = own;
  const none: NoTreatmentEffect = { measured: false, reason: 'nothing is held out' };
  return {
    acquisition: withBefore(acquisition),
    serving: withBefore(serving),
    retention,
    saves: measured?.measured ? measured : (assumed ?? measured ?? none),
  };
}

function withBefore({ before, ...now }: OwnCosts['acquisition']): RetentionCosts['acquisition'] {
  return before ? { ...now, before } : now;
}
