import http from 'node:http';
import type { FaultKind, FaultPlan } from '../faults/faults.ts';
import type { EmulatedRequest, EmulatedResponse, Emulator } from './emulator.ts';
import { witness } from './witness.ts';

/** What a server needs: who answers, what goes wrong, and how long an answer takes (milliseconds, 0 when left out). */
export interface ServeOptions {
  readonly emulator: Emulator;
  readonly faults: FaultPlan;
  readonly latencyMs?: number;
}

/** Requests may be long: HubSpot's 414 must come from the emulator, not from Node's header limit. */
const maxHeaderBytes = 128 * 1024;

/** An http.Server over an emulator, not listening anywhere yet. A fault destroys, cuts or hangs the connection. */
export function serve(options: ServeOptions): http.Server {
  let number = 0;
  const noteEffects = witness(options.emulator);
  const server = http.createServer({ maxHeaderSize: maxHeaderBytes, keepAliveTimeout: 0 }, (incoming, outgoing) => {
    readBody(incoming, (body) => {
      number += 1;
      const request = emulatedRequest(incoming, body);
      const fault = options.faults.next({ method: request.method, path: request.path, number });
      const act = () => {
        answer(options.emulator, request, fault, outgoing);
        noteEffects();
      };
      if (options.latencyMs) setTimeout(act, options.latencyMs);
      else act();
    });
  });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  return server;
}

function readBody(incoming: http.IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  // a multipart body carries a zip: one character a byte keeps it whole
  const encoding = incoming.headers['content-type']?.startsWith('multipart/') ? 'latin1' : 'utf8';
  incoming.on('end', () => done(chunks.length === 0 ? '' : Buffer.concat(chunks).toString(encoding)));
}

function emulatedRequest(incoming: http.IncomingMessage, body: string): EmulatedRequest {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
    body,
  };
}

/** Before commit nothing reaches the emulator; after commit the work is done and the answer is lost. */
function answer(
  emulator: Emulator,
  request: EmulatedRequest,
  fault: FaultKind | undefined,
  outgoing: http.ServerResponse,
): void {
  if (outgoing.destroyed || fault === 'hang') return;
  if (fault === 'drop-before') {
    drop(outgoing);
    return;
  }
  const commits = fault === undefined || fault === 'truncate' || fault.endsWith('-after');
  const response = commits ? emulator.handle(request) : undefined;
  if (fault === 'drop-after') drop(outgoing);
  else if (fault === 'truncate' && response !== undefined) truncate(outgoing, response);
  else if (fault === undefined && response !== undefined) send(outgoing, response);
  else if (fault !== undefined) send(outgoing, emulator.faultResponse(fault));
}

function send(outgoing: http.ServerResponse, response: EmulatedResponse): void {
  outgoing.writeHead(response.status, withLength(response));
  outgoing.end(response.body);
}

/**
 * Announces the whole body, sends half of it, and cuts the line on a later turn: over TCP an end never comes in the same
 * turn as the head of the answer, and undici's fetch waits for ever when it does.
 */
function truncate(outgoing: http.ServerResponse, response: EmulatedResponse): void {
  const bytes = Buffer.from(response.body);
  outgoing.writeHead(response.status, { ...withLength(response), 'content-length': String(Math.max(bytes.length, 1)) });
  outgoing.write(bytes.subarray(0, bytes.length >> 1), () => setImmediate(() => drop(outgoing)));
  if (bytes.length < 2) outgoing.flushHeaders();
}

function drop(outgoing: http.ServerResponse): void {
  outgoing.socket?.destroy();
}

function withLength(response: EmulatedResponse): Record<string, string> {
  if (response.status === 204) return { ...response.headers };
  return { ...response.headers, 'content-length': String(Buffer.byteLength(response.body)) };
}
