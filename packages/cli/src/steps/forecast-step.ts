import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BookValue,
  CONTRACT_CARD,
  calendarMonth,
  type Decision,
  dayInZone,
  displayName,
  type ForecastLine,
  type ForecastResult,
  forecastAgainstActual,
  type Id,
  type Instant,
  lastQuarter,
  ORDERS_CARD,
  type OrgProfile,
  pointsModel,
  type RenewalForecast,
  type RetentionEconomics,
  readDecisions,
  renewalForecast,
  type SeenAccount,
  seeAccount,
  totalInterval,
  type ValuedRisk,
  valueBook,
  valueScore,
} from '@holdfast/core';
import { modelsInUse, readModels } from '@holdfast/workflows';
import * as z from 'zod';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { parseJson } from '../text/parse-json.ts';
import { type Chances, chancesOf } from './chances.ts';
import { economicsStep } from './economics-step.ts';
import { scoreStep } from './score-step.ts';

/** What the book is expected to keep: month by month for renewals, and as sums within a year. */
export interface Foreseen {
  /** What the chances of loss rest on. */
  readonly chances: Chances;
  readonly forecast: RenewalForecast;
  readonly value: Omit<BookValue, 'accounts'>;
  /** What the forecast made before the last fiscal quarter said, and what came; `null`: none was made in time. */
  readonly lastQuarter: LastQuarter | null;
  /** The gross margin that values rest on; `null`: not set, so no sum of margin is given. */
  readonly grossMargin: number | null;
  /** What the owners with most to lose are called. */
  readonly ownerNames: Readonly<Record<Id, string>>;
  /** Winning against keeping; `null`: the config has no section `economics`. */
  readonly economics: RetentionEconomics | null;
}

export interface LastQuarter {
  readonly from: string;
  readonly to: string;
  readonly madeOn: string;
  readonly results: readonly ForecastResult[];
}

/** Months ahead, and days that portfolio sums look at. */
const MONTHS = 12;
const HORIZON_DAYS = 365;
/** Owners that are named: those with most to lose. */
export const OWNERS_SHOWN = 5;

/** Scores the book and foresees its renewals; the lines are kept with the run, to be held against what comes. */
export async function forecastStep(session: Session, pulled: Pulled, asOf: Instant): Promise<Foreseen> {
  const profile = confirmedProfile(session.config);
  const grossMargin = profile.grossMargin ?? null;
  const on = dayInZone(asOf, profile.timeZone);
  const risks: ValuedRisk[] = [];
  const seen = new Map<Id, SeenAccount>();
  const { report } = await scoreStep(session, {
    ...{ pulled, asOf, keep: false },
    onScored: ({ account }, { facts, score }) => {
      risks.push(valueScore(account, facts, score, grossMargin));
      seen.set(account.id, seeAccount(facts, score, score.model === 'contract' ? CONTRACT_CARD : ORDERS_CARD));
    },
  });
  const interval = totalInterval(fitsOf(session, on), seen);
  const forecast = renewalForecast(risks, { on, months: MONTHS, currency: profile.currency, interval });
  const horizon = { from: on, days: HORIZON_DAYS };
  const { accounts: _, ...value } = valueBook(risks, { horizon, currency: profile.currency, interval });
  const before = await lastQuarterOf(session, profile, on);
  const foreseen = {
    ...{ chances: chancesOf(report), forecast, value, lastQuarter: before, grossMargin },
    ownerNames: await namesOf(session, value.owners.slice(0, OWNERS_SHOWN)),
    economics: await economicsStep(session, pulled),
  };
  session.run().writeJson('forecast', foreseen);
  return foreseen;
}

async function namesOf({ store }: Session, groups: BookValue['owners']): Promise<Readonly<Record<Id, string>>> {
  const names: Record<Id, string> = {};
  for (const { key } of groups) {
    if (key !== null) names[key] = displayName((await store.get('owner', key)) ?? { id: key, name: null });
  }
  return names;
}

/** The models that made the chances: fitted ones where they are in use, the points with their widths elsewhere. */
function fitsOf({ workspace }: Session, on: string) {
  const { models } = modelsInUse(readModels(workspace).current);
  return {
    contract: models.contract?.loss ?? pointsModel(CONTRACT_CARD, on),
    orders: models.orders?.loss ?? pointsModel(ORDERS_CARD, on),
  };
}

const line: z.ZodType<ForecastLine> = z.object({
  accountId: z.string(),
  decidesOn: z.string(),
  month: z.string(),
  forecast: z.enum(['committed', 'likely', 'at risk']),
  probability: z.number(),
  due: z.number().nullable(),
  expected: z.number().nullable(),
});
const keptForecast = z.object({ forecast: z.object({ madeOn: z.string(), lines: z.array(line) }) });

/** The forecast made nearest before the last fiscal quarter began, held against the decisions that came. */
async function lastQuarterOf(session: Session, profile: OrgProfile, on: string): Promise<LastQuarter | null> {
  const quarter = lastQuarter(on, profile.fiscalYearStartMonth);
  const kept = keptForecasts(session).filter(({ forecast }) => calendarMonth(forecast.madeOn) <= quarter.from);
  const [made] = kept.sort((a, b) => (a.forecast.madeOn < b.forecast.madeOn ? 1 : -1));
  if (!made) return null;
  const wanted = new Set(made.forecast.lines.map(({ accountId }) => accountId));
  const decisions: Decision[] = [];
  for await (const records of session.store.slices()) {
    if (wanted.has(records.account.id)) decisions.push(...readDecisions(records, profile, on));
  }
  const results = forecastAgainstActual(made.forecast.lines, decisions, quarter);
  return { ...quarter, madeOn: made.forecast.madeOn, results };
}

function keptForecasts({ workspace: { runsFolder } }: Session) {
  const files = existsSync(runsFolder)
    ? readdirSync(runsFolder).map((id) => join(runsFolder, id, 'forecast.json'))
    : [];
  return files.filter(existsSync).flatMap((file) => {
    const parsed = keptForecast.safeParse(parseJson(readFileSync(file, 'utf8')));
    return parsed.success ? [parsed.data] : [];
  });
}
