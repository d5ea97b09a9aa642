import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An XML element as plain data: text, members by name, or several of one name. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
});

/** Parses XML without namespaces; the parser's sentence and line when it is malformed. */
export function parseXml(
  text: string,
): { readonly root: XmlNode } | { readonly problem: string; readonly line: number } {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { problem: `Error parsing file: ${valid.err.msg}`, line: valid.err.line };
  return { root: parser.parse(text) as XmlNode };
}

/** A member of an element; undefined when it is absent. */
export const child = (node: XmlNode | undefined, name: string): XmlNode | undefined => {
  if (node === undefined || typeof node === 'string') return undefined;
  const found = node[name];
  return Array.isArray(found) ? (found[0] as XmlNode) : (found as XmlNode | undefined);
};

/** All members of one name. */
export const children = (node: XmlNode | undefined, name: string): readonly XmlNode[] => {
  if (node === undefined || typeof node === 'string') return [];
  const found = node[name];
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly XmlNode[]) : [found as XmlNode];
};

/** Text of a member, trimmed; undefined when it is absent or not text. */
export function textOf(node: XmlNode | undefined, name: string): string | undefined {
  const found = child(node, name);
  if (typeof found === 'string') return found.trim();
  const inner = found === undefined ? undefined : found['#text'];
  return typeof inner === 'string' ? inner.trim() : undefined;
}

/** True only for the text `true`. */
export const flag = (node: XmlNode | undefined, name: string): boolean => textOf(node, name) === 'true';

/** A whole number; undefined when absent or not one. */
export function wholeNumber(node: XmlNode | undefined, name: string): number | undefined {
  const text = textOf(node, name);
  return text === undefined || !/^-?\d+$/.test(text) ? undefined : Number(text);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] as string);

/** Writes data as XML elements; arrays repeat the name, null is `xsi:nil`, undefined is left out. */
export function toXml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (Array.isArray(value)) return value.map((item) => toXml(name, item)).join('');
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`;
  const entries = Object.entries(value as Record<string, unknown>);
  const attributes = entries
    .filter(([key]) => key.startsWith('@'))
    .map(([key, item]) => ` ${key.slice(1)}="${escaped(String(item))}"`);
  const members = entries.filter(([key]) => !key.startsWith('@')).map(([key, item]) => toXml(key, item));
  return `<${name}${attributes.join('')}>${members.join('')}</${name}>`;
}
