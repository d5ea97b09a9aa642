import { readFileSync } from 'node:fs';
import { saveBook } from '@holdfast/sandbox';
import { convertNorthwind } from './convert-northwind.ts';

const [sqlFile, folder] = process.argv.slice(2);
if (sqlFile === undefined || folder === undefined) {
  console.error(
    'Say which file and where to: node --conditions=holdfast-source northwind-to-book.ts northwind.sql BOOK_FOLDER',
  );
  process.exitCode = 2;
} else {
  try {
    const book = convertNorthwind(readFileSync(sqlFile, 'utf8'));
    saveBook(book, folder);
    const { accounts, orders, orderLines } = book;
    console.log(`${folder}: ${accounts.length} accounts, ${orders.length} orders, ${orderLines.length} order lines`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
