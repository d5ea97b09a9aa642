import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccountFacts, accountLine, scoreAccount } from '@holdfast/core';

import type { Workspace } from '@holdfast/workflows';
import { describe, expect, it } from 'vitest';
import { anAccount } from '../../test/blank-records.ts';
import { aCard, aForecast } from '../../test/report-parts.ts';
import { bookPicture } from './book-picture.ts';
import { keptFigures } from './kept-figures.ts';

const facts: AccountFacts = {
  model: 'contract',
  daysToDecision: 100,
  openUrgentTickets: 0,
  escalations90: 0,
  overdueLines: 0,
  ownerMissing: 0,
  managerView: 0,
  recurring: { minor: 100_000, currency: 'EUR' },
};

function pictureOf(all: readonly { facts: AccountFacts; before?: Parameters<typeof anAccount>[0] }[]) {
  const picture = bookPicture('EUR');
  all.forEach((it, index) => {
    const scored = { facts: it.facts, score: scoreAccount(it.facts) };
    picture.add(scored, accountLine({ account: anAccount({ name: `Account ${index}`, ...it.before }) }, scored));
  });
  return picture.finish();
}

describe('what the page draws of a book', () => {
  it('each driver: how many it raises and lowers; the sums are those of the scores', () => {
    const urgent = { ...facts, openUrgentTickets: 1 };
    const { drivers } = pictureOf([{ facts }, { facts: urgent }, { facts: urgent }]);
    const tickets = drivers.find(({ title }) => title === 'Open urgent tickets');
    const one = scoreAccount(urgent).drivers.find(({ feature }) => feature === 'openUrgentTickets')?.logOdds ?? 0;
    expect(tickets).toMatchObject({ model: 'contract', raises: 2, lowers: 0, down: 0 });
    expect(tickets?.up).toBeCloseTo(2 * one, 12);
  });

  it('the first year ends with day 365; accounts of unknown age are not in it', () => {
    // Notice given is at risk at once, whatever else is known.
    const aged = (tenureDays: number) => ({ facts: { ...facts, tenureDays, noticeGiven: 1 } });
    const { firstYear } = pictureOf([aged(10), aged(364), aged(365), { facts }]);
    expect(firstYear).toMatchObject({ value: '2', note: '2 at risk; EUR 2,000 a year' });
  });

  it('moved: a band or 5 points; a first score is no movement', () => {
    const score = scoreAccount(facts).healthScore ?? 0;
    const { moved } = pictureOf([
      { facts },
      { facts, before: { healthBand: 'healthy', healthScore: score - 4 } },
      { facts, before: { healthBand: 'healthy', healthScore: score - 5 } },
      { facts: { ...facts, noticeGiven: 1 }, before: { healthBand: 'healthy', healthScore: 90 } },
    ]);
    expect(moved).toMatchObject({ compared: 3, otherScore: 2, otherBand: 1 });
    expect(moved.rows.map(({ name }) => name)).toEqual(['Account 3', 'Account 2']);
  });
});

describe('figures that runs left', () => {
  function workspace(files: Readonly<Record<string, string>>): Workspace {
    const runsFolder = mkdtempSync(join(tmpdir(), 'holdfast-kept-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(runsFolder, path, '..'), { recursive: true });
      writeFileSync(join(runsFolder, path), text);
    }
    return { runsFolder } as Workspace;
  }

  it('the newest card and forecast are taken, each from its own run', () => {
    const card = (text: string) => JSON.stringify({ cards: [aCard(text)] });
    const kept = keptFigures(
      workspace({
        '2026-01-01/accuracy-card.json': card('old'),
        '2026-01-02/accuracy-card.json': card('new'),
        '2026-01-01/forecast.json': JSON.stringify(aForecast('2026-01-01')),
      }),
    );
    expect(kept.accuracy.map(({ summary }) => summary)).toEqual(['new']);
    expect(kept.forecast?.forecast.madeOn).toBe('2026-01-01');
  });

  it('none, a damaged one and one of another form count as none', () => {
    expect(keptFigures({ runsFolder: '/nowhere' } as Workspace)).toEqual({ accuracy: [], forecast: null });
    const kept = keptFigures(workspace({ 'a/accuracy-card.json': '{', 'a/forecast.json': '{"forecast":{}}' }));
    expect(kept).toEqual({ accuracy: [], forecast: null });
  });
});
