/** A tree of XML elements: a value, a list of equal elements, or elements by name in the order given. */
type Xml = string | number | boolean | readonly Xml[] | XmlElements;
export interface XmlElements {
  readonly [name: string]: Xml | undefined;
}

/** A document of the Metadata API. */
export function metadataXml(type: string, content: XmlElements): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${elements(content, 1)}</${type}>\n`;
}

function elements(content: XmlElements, depth: number): string {
  return Object.entries(content)
    .map(([name, value]) => (value === undefined ? '' : element(name, value, depth)))
    .join('');
}

function element(name: string, value: Xml, depth: number): string {
  const indent = '    '.repeat(depth);
  if (isList(value)) return value.map((item) => element(name, item, depth)).join('');
  if (typeof value === 'object') return `${indent}<${name}>\n${elements(value, depth + 1)}${indent}</${name}>\n`;
  return `${indent}<${name}>${escaped(String(value))}</${name}>\n`;
}

const isList = (value: Xml): value is readonly Xml[] => Array.isArray(value);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
