import type { EmulatedResponse } from '../../server/emulator.ts';
import { child, parseXml, textOf, toXml, type XmlNode } from '../metadata/xml.ts';

/** A SOAP request: the session in its header, the method and its arguments. */
export interface SoapRequest {
  readonly session: string | undefined;
  readonly method: string;
  readonly body: XmlNode;
  /** Options in the header: AllOrNoneHeader, DuplicateRuleHeader. */
  readonly header: XmlNode | undefined;
}

/** Reads an envelope; undefined when it is none. */
export function readEnvelope(text: string): SoapRequest | undefined {
  const parsed = parseXml(text);
  if ('problem' in parsed) return undefined;
  const envelope = child(parsed.root, 'Envelope');
  const body = child(envelope, 'Body');
  if (body === undefined || typeof body === 'string') return undefined;
  const [method] = Object.keys(body).filter((name) => !name.startsWith('@') && name !== '#text');
  if (method === undefined) return undefined;
  const header = child(envelope, 'Header');
  return {
    session: textOf(child(header, 'SessionHeader'), 'sessionId'),
    method,
    body: child(body, method) ?? '',
    header,
  };
}

const headers = {
  'content-type': 'text/xml; charset=UTF-8',
  'cache-control': 'no-cache,must-revalidate,max-age=0,no-store,private',
};

const envelope = (namespace: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sf="${namespace}"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

/** A reply: `<methodResponse>` with one `<result>` for each result. */
export function soapReply(namespace: string, method: string, results: readonly unknown[]): EmulatedResponse {
  const inner = results.map((result) => toXml('result', result)).join('');
  return { status: 200, headers, body: envelope(namespace, `<${method}Response>${inner}</${method}Response>`) };
}

/** A fault; HTTP 500, as SOAP has it. */
export function soapFault(namespace: string, code: string, message: string): EmulatedResponse {
  const fault = `<soapenv:Fault><faultcode>sf:${code}</faultcode>${toXml('faultstring', `${code}: ${message}`)}</soapenv:Fault>`;
  return { status: 500, headers, body: envelope(namespace, fault) };
}
