import {
  type AccountOutcomes,
  type AccountRecords,
  type CalendarDay,
  dayInZone,
  daysBetween,
  type Instant,
  type OrgProfile,
} from '@holdfast/core';
import { fitAalenJohansen, fitKaplanMeier, incidenceAt, type SurvivalCurve, survivalAt } from '@holdfast/core/stats';
import type { CohortCurve, SurvivalPicture } from '../report/report-pictures.ts';
import { type AccountSpell, accountSpell } from './account-spell.ts';

/** Accounts that must be watched at once before a curve begins, and at its end. */
const LEAST_WATCHED = 20;
const LEAST_LEFT = 5;
/** Lines that can still be told apart; older years become one. */
const MOST_CURVES = 7;
const YEAR = 365.25;

/**
 * How long the contract accounts of a book stayed, by the year of their start. Takes the records account by account, in
 * the pass that scores them; the picture is `null` when none tells.
 */
export function openSurvival(profile: OrgProfile, asOf: Instant) {
  const on = dayInZone(asOf, profile.timeZone);
  const spells: AccountSpell[] = [];
  const left = { orderBased: 0, unclear: 0 };
  return {
    add: (records: AccountRecords, outcomes?: AccountOutcomes): void => {
      const spell = accountSpell(records, profile, on, outcomes);
      if (typeof spell !== 'string') spells.push(spell);
      else if (spell !== 'none') left[spell] += 1;
    },
    finish: (): SurvivalPicture | null => (spells.length === 0 ? null : survivalPicture(spells, left)),
  };
}

/**
 * The curves of spells, oldest cohort first. Nobody counts as watched before the first loss on record: where losses were
 * not kept, everybody seems to have stayed.
 */
export function survivalPicture(
  all: readonly AccountSpell[],
  left: Omit<SurvivalPicture['left'], 'small' | 'unwatched'>,
): SurvivalPicture {
  const firstLossOn = all.flatMap(({ end, until }) => (end === 'still there' ? [] : [until])).sort()[0] ?? null;
  const spells = all.map((it) => watchedDays(it, firstLossOn)).filter(({ entry, time }) => entry < time);
  const drawn = cohorts(spells).map(({ label, members }) => ({ members, curve: cohortCurve(label, members) }));
  return {
    curves: drawn.flatMap(({ curve }) => curve ?? []),
    shares: sharesOf(spells),
    firstLossOn,
    lateEntries: spells.filter(({ entry }) => entry > 0).length,
    left: {
      ...left,
      unwatched: all.length - spells.length,
      small: drawn.reduce((sum, { members, curve }) => sum + (curve ? 0 : members.length), 0),
    },
  };
}

/** A spell in days since its start; `entry` above 0: it had started before anybody would have seen it leave. */
interface Watched {
  readonly startYear: number;
  readonly entry: number;
  readonly time: number;
  readonly end: AccountSpell['end'];
}

function watchedDays({ startsOn, seenFrom, until, end }: AccountSpell, firstLossOn: CalendarDay | null): Watched {
  // The day of the first loss itself is watched, hence one day less.
  const since = Math.max(daysBetween(startsOn, seenFrom), daysBetween(startsOn, firstLossOn ?? startsOn) - 1);
  return {
    startYear: Number(startsOn.slice(0, 4)),
    entry: Math.max(0, since),
    time: daysBetween(startsOn, until),
    end,
  };
}

interface Cohort {
  readonly label: string;
  readonly members: readonly Watched[];
}

function cohorts(spells: readonly Watched[]): readonly Cohort[] {
  const years = [...new Set(spells.map(({ startYear }) => startYear))].sort((a, b) => a - b);
  const own = years.slice(-(MOST_CURVES - 1));
  const first = own[0] ?? 0;
  const older = spells.filter(({ startYear }) => startYear < first);
  return [
    ...(older.length > 0 ? [{ label: `to ${first - 1}`, members: older }] : []),
    ...own.map((year) => ({ label: String(year), members: spells.filter(({ startYear }) => startYear === year) })),
  ];
}

/** `null` when at no time enough accounts were watched. */
function cohortCurve(label: string, members: readonly Watched[]): CohortCurve | null {
  const watched = (day: number) => members.filter(({ entry, time }) => entry <= day && time > day).length;
  const starts = [...new Set(members.map(({ entry }) => entry))].sort((a, b) => a - b);
  const from = starts.find((day) => watched(day) >= LEAST_WATCHED);
  if (from === undefined) return null;
  const rows = members.filter(({ time }) => time > from);
  const curve = fitKaplanMeier(
    {
      time: rows.map(({ time }) => time),
      event: rows.map(({ end }) => (end === 'lost' ? 1 : 0)),
      entry: rows.map(({ entry }) => Math.max(entry, from)),
    },
    { scale: 'log-log' },
  );
  if (!curve.fitted) return null;
  const ends = curve.time.filter((_, at) => (curve.atRisk[at] ?? 0) >= LEAST_LEFT).at(-1) ?? from;
  return {
    label,
    accounts: members.length,
    lost: members.filter(({ end }) => end === 'lost').length,
    outside: members.filter(({ end }) => end === 'outside').length,
    fromYears: from / YEAR,
    points: pointsOf(curve, from, ends),
    marks: wholeYears(from, ends).map((years) => {
      const { survival, lower, upper } = survivalAt(curve, years * YEAR);
      return { years, share: survival, low: lower, high: upper, atRisk: watched(Math.floor(years * YEAR)) };
    }),
  };
}

/** Month by month: fine enough to see, and bounded however many accounts there are. */
function pointsOf(curve: SurvivalCurve, from: number, ends: number): CohortCurve['points'] {
  const days: number[] = [];
  for (let day = from; day < ends; day += YEAR / 12) days.push(day);
  return [...days, ends].map((day) => ({ years: day / YEAR, share: survivalAt(curve, day).survival }));
}

function wholeYears(from: number, ends: number): readonly number[] {
  const years: number[] = [];
  for (let year = Math.max(1, Math.ceil(from / YEAR)); year * YEAR <= ends; year += 1) years.push(year);
  return years;
}

/** Lost and ended from outside, as shares of all that started, where enough accounts are watched for it. */
function sharesOf(spells: readonly Watched[]): SurvivalPicture['shares'] {
  const watched = (day: number) => spells.filter(({ entry, time }) => entry <= day && time > day).length;
  if (watched(0) < LEAST_WATCHED) return null;
  const numbers = { 'still there': 0, lost: 1, outside: 2 } as const;
  const fit = fitAalenJohansen(
    {
      time: spells.map(({ time }) => time),
      event: spells.map(({ end }) => numbers[end]),
      entry: spells.map(({ entry }) => entry),
    },
    2,
  );
  if (!fit.fitted) return null;
  const years = [5, 4, 3, 2, 1].find((it) => watched(Math.floor(it * YEAR)) >= LEAST_WATCHED);
  if (years === undefined) return null;
  const [lost, outside] = incidenceAt(fit, years * YEAR);
  return lost && outside ? { years, lost: lost.share, outside: outside.share } : null;
}
