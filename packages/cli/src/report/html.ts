import { escapeHtml } from '../text/format.ts';

/** What stands where a part has nothing to show: one line that says what to do. Plain text. */
export function emptyLine(sentence: string): string {
  return `<p class="empty">${escapeHtml(sentence).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`;
}

/** A table of plain texts; the first column is words, the others are figures. Everything is escaped. */
export function figureTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  kind = '',
): string {
  if (rows.length === 0) return '';
  const cells = (tag: 'td' | 'th', row: readonly string[]) =>
    row
      .map(
        (cell, at) =>
          `<${tag}${at > 0 ? ' class="figure"' : ''} data-label="${escapeHtml(head[at] ?? '')}">${escapeHtml(cell)}</${tag}>`,
      )
      .join('');
  return `<table class="${kind === '' ? 'figures' : `figures ${kind}`}"><caption>${escapeHtml(caption)}</caption><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells('td', row)}</tr>`)
    .join('')}</tbody></table>`;
}

/** Short facts side by side: a label above its figure. */
export function factList(facts: readonly { readonly label: string; readonly value: string }[]): string {
  return `<dl class="facts">${facts
    .map(({ label, value }) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`)
    .join('')}</dl>`;
}

/** Sentences as a list of plain texts. */
export function sentences(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
}

/** A share for reading: `12.3 %`. */
export function percent(share: number, decimals = 1): string {
  return `${(share * 100).toFixed(decimals)} %`;
}
