import { truthColumns, truthReferralColumns } from './save-truth.ts';
import { type Column, columnsOf, tableNames, tables } from './tables.ts';

/** The documentation of the book format in Markdown, made from the same declaration that loads and saves. */
export function describeBookFormat(): string {
  return `${[intro, ...tableNames.map(tableSection), truthSection()].join('\n\n')}\n`;
}

const intro = `<!-- Generated from packages/sandbox/src/book/tables.ts by its test book-format.test.ts. Do not edit: run \`npx vitest run --config .config/vitest.config.ts book-format -u\`. -->
# The book format

A book is a folder of CSV files that describe a company's business with its accounts, in no vendor's words. The sandbox loads it into an
emulated HubSpot or Salesforce; the generator writes one; so can you, from your own export.

- **Any subset of the files** will do: an absent file is an empty table. Other CSV files in the folder are refused, so that a misspelt name is noticed.
- UTF-8, commas, a header line with the column names below in any order. Optional columns may be left out. An empty cell means "not known".
- A **day** is \`2026-01-31\`. An **instant** is UTC, \`2026-01-31T09:30:00Z\`. A **number** has a dot for decimals and no thousands mark.
  **yes-no** is \`true\` or \`false\`. A **link** is the id of a row in another file; **links** are several, separated by \`;\`.
- Every link must lead to a row that is there.
- The first thing that is wrong stops the loading, with file, line, column and what to do next.`;

function tableSection(name: (typeof tableNames)[number]): string {
  const { file, about, key } = tables[name];
  const unique = key.length > 1 ? `\n\nNo two rows may agree in ${key.map((one) => `\`${one}\``).join(' and ')}.` : '';
  const rows = columnsOf(name).map(([column, declared]) => {
    return `| \`${column}\` | ${kindText(declared)} | ${declared.required ? 'yes' : ''} | ${declared.about} |`;
  });
  return [
    `## \`${file}\`\n\n${about}${unique}\n`,
    '| column | what | required | meaning |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function kindText({ kind, choices, to, low, high }: Column): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (to) return `${kind} to \`${tables[to].file}\``;
  const word = kind === 'whole' ? 'whole number' : kind;
  if (high !== undefined) return `${word}, ${low} to ${high}`;
  return low === undefined ? word : `${word}, at least ${low}`;
}

function truthSection(): string {
  const rows = (columns: Readonly<Record<string, string>>) =>
    Object.entries(columns).map(([column, about]) => `| \`${column}\` | ${about} |`);
  return [
    '## `truth.csv` and `truth-referrals.csv`\n',
    'What the generator knows and no CRM shows. They may lie in the same folder: loading passes over them.\n',
    'Columns of `truth.csv`, one row for every account that was a customer or was introduced:\n',
    '| column | meaning |\n|---|---|',
    ...rows(truthColumns),
    '\nColumns of `truth-referrals.csv`, one row for every row of `referrals.csv`:\n',
    '| column | meaning |\n|---|---|',
    ...rows(truthReferralColumns),
  ].join('\n');
}
