import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadBook, saveBook } from '@holdfast/sandbox';
import { deliveryText } from './account-figures.ts';
import type { Crm } from './answers.ts';
import { convertNorthwind } from './convert-northwind.ts';
import { runOn } from './run-on.ts';

const CRMS: readonly Crm[] = ['hubspot', 'salesforce'];
const [sqlFile, only] = process.argv.slice(2);
const crms = CRMS.filter((crm) => only === undefined || only === crm);

if (sqlFile === undefined || crms.length === 0) {
  console.error('Say which file, and if only one CRM which: npm start -- path/to/northwind.sql [hubspot|salesforce]');
  process.exitCode = 2;
} else {
  try {
    // npm changes into this folder; a relative path is meant from where it was typed
    await runAll(resolve(process.env['INIT_CWD'] ?? '', sqlFile));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function runAll(file: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}: give the path of Northwind's SQL file.`);
  const sql = readFileSync(file, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'real-book-'));
  const bookFolder = join(folder, 'book');
  saveBook(convertNorthwind(sql), bookFolder);
  console.log(`The book: ${bookFolder}`);
  for (const name of crms) {
    const { printed, figures, crm } = await runOn(name, loadBook(bookFolder), folder);
    await crm.close();
    console.log(`\n== ${name} ==\nRead back: ${deliveryText(figures)}\n${printed.trimEnd()}`);
  }
}
