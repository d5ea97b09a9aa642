import { escapeHtml, money } from '../text/format.ts';
import { accuracySection } from './accuracy-section.ts';
import { BAND_COLOURS, callsChart, coverageChart, isCrowd, portfolioChart } from './charts.ts';
import { driversSection } from './drivers-section.ts';
import { forecastSection } from './forecast-section.ts';
import { figureTable } from './html.ts';
import { movedSection } from './moved-section.ts';
import { referralSections } from './referral-sections.ts';
import type { ReportAccount, ReportInput } from './report-input.ts';
import { STYLE } from './style.ts';
import { survivalSection } from './survival-section.ts';

/**
 * One self-contained HTML page: no script, no request to anywhere, readable on a telephone and on paper.
 * Everything from the CRM is escaped.
 */
export function renderPage(input: ReportInput): string {
  const title = `Holdfast: ${input.org.name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
  <p class="brand">Holdfast</p>
  <h1>${escapeHtml(input.org.name)}</h1>
  <p class="meta">${escapeHtml(input.org.crm)}, ${escapeHtml(input.org.edition)}. As of ${escapeHtml(input.asOf.slice(0, 16).replace('T', ' '))} UTC.</p>
</header>
<main>
${tiles(input)}
${section('Where most revenue is at risk', 'Revenue at risk is value times chance of loss, so a large account may be here in any band. Reasons are signed: + raises the risk, - lowers it.', atRisk(input))}
${section('What moved', 'Against the score that stood on the record before this run. A band is held for 14 days, so it may lag behind its score.', movedSection(input.moved))}
${section('What drives the risk', 'Summed over all scored accounts. The figure at a bar is how many accounts it speaks of; a long bar with few accounts is strong in each of them.', driversSection(input.drivers))}
${section('Renewals ahead', '', forecastSection(input.forecast))}
${section('How far the score was right', 'Held against decisions that it had not seen. Nothing here names an account or a person.', accuracySection(input.accuracy))}
${section('How long accounts stay', 'Contract accounts by the year of their start (Kaplan-Meier).', survivalSection(input.survival))}
${section('The book by value and health', legend(input), portfolioChart(input))}
${referralSections(input.referrals, introductionTable(input))
  .map(({ title, lead, body }) => section(title, lead, body))
  .join('\n')}
${section('What is known', 'A feature that is not known counts as neutral, never as bad.', coverageChart(input))}
${section('Calls to the CRM', 'Made in this run, beside the fewest that would have done.', callsChart(input))}
${section('How to read this', '', `<ul>${input.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>`)}
</main>
</body>
</html>
`;
}

function section(title: string, lead: string, body: string): string {
  return `<section><h2>${title}</h2>${lead ? `<p class="lead">${lead}</p>` : ''}<div class="wide">${body}</div></section>`;
}

function tiles({ tiles }: ReportInput): string {
  const one = (tile: ReportInput['tiles'][number]) =>
    `<div class="tile"><p class="label">${escapeHtml(tile.label)}</p><p class="value">${escapeHtml(tile.value)}</p><p class="note">${escapeHtml(tile.note)}</p></div>`;
  return `<div class="tiles">${tiles.map(one).join('')}</div>`;
}

function atRisk({ atRisk }: ReportInput): string {
  if (atRisk.length === 0) return '<p class="empty">No account is at risk.</p>';
  return `<ol class="accounts">${atRisk.map(accountCard).join('')}</ol>`;
}

function accountCard(account: ReportAccount): string {
  return `<li>
<div class="head"><span class="name">${escapeHtml(account.name)}</span><span class="sum">${escapeHtml(money(account.atRisk))}</span></div>
<p class="state"><span class="band ${account.band}">${account.band.replaceAll('_', ' ')}</span> score ${account.healthScore}, confidence ${escapeHtml(account.confidence)}</p>
<ul class="reasons">${account.reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>
<p class="next"><strong>Next:</strong> ${escapeHtml(account.nextStep)}</p>
</li>`;
}

function introductionTable({ introductions }: ReportInput): string {
  const rows = introductions.map(({ referrer, referred, state, reason }) => [referrer, referred, state, reason]);
  return figureTable('The newest claims', ['referrer', 'introduced', 'state', 'because'], rows, 'stacked names');
}

function legend(input: ReportInput): string {
  if (isCrowd(input)) return 'The darker a field, the more accounts have that value and score.';
  const entry = (band: keyof typeof BAND_COLOURS, name: string) =>
    `<span class="key"><i style="background:${BAND_COLOURS[band]}"></i>${name}</span>`;
  return `One dot is one account. ${entry('healthy', 'healthy')}${entry('watch', 'watch')}${entry('at_risk', 'at risk')}`;
}
