import { ApiError } from '../errors.ts';

/** A query error as Salesforce words it: the query's surroundings, a caret under the culprit, row and column, then the sentence. */
export function soqlError(query: string, culprit: string, code: string, sentence: string): ApiError {
  const at = positionOf(query, culprit);
  const before = query.slice(0, at);
  const rowNumber = before.split('\n').length;
  const column = at - (before.lastIndexOf('\n') + 1);
  const start = Math.max(0, at - 40);
  const context = query.slice(start, Math.min(query.length, at + culprit.length + 40)).replaceAll('\n', ' ');
  const message = `\n${context}\n${' '.repeat(at - start)}^\nERROR at Row:${rowNumber}:Column:${column + 1}\n${sentence}`;
  return new ApiError(400, { code, message });
}

/** First whole-word occurrence, in any case; 0 when the culprit is not in the text. */
function positionOf(query: string, culprit: string): number {
  const escaped = culprit.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?<![\\w])${escaped}(?![\\w])`, 'i').exec(query);
  return found?.index ?? 0;
}

const hint = 'Please reference your WSDL or the describe call for the appropriate names.';

/** INVALID_FIELD for a column that does not exist or is hidden from this user: the two look alike on purpose. */
export const noSuchColumn = (query: string, name: string, object: string): ApiError =>
  soqlError(
    query,
    name,
    'INVALID_FIELD',
    `No such column '${name.split('.').at(-1)}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${hint}`,
  );

/** INVALID_FIELD for a path through a relationship that does not exist. */
export const noSuchRelationship = (query: string, path: string, name: string): ApiError =>
  soqlError(
    query,
    path,
    'INVALID_FIELD',
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${hint}`,
  );

/** INVALID_TYPE for an object that does not exist or is hidden from this user. */
export const noSuchType = (query: string, name: string): ApiError =>
  soqlError(
    query,
    name,
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${hint}`,
  );

/** MALFORMED_QUERY with a sentence. */
export const malformed = (sentence: string): ApiError =>
  new ApiError(400, { code: 'MALFORMED_QUERY', message: sentence });
