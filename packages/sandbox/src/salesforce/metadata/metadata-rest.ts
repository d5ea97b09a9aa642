import type { EmulatedRequest } from '../../server/emulator.ts';
import { asErrorBody, notFound } from '../errors.ts';
import type { Call, Reply } from '../org.ts';
import { lookAt, startDeploy } from './deploy.ts';
import { mayDeploy } from './may-deploy.ts';

/**
 * `POST /metadata/deployRequest` (multipart: entity_content and file) and `GET /metadata/deployRequest/{id}`. The body of a multipart
 * request has to come as one character a byte (latin1), since a zip is no text.
 */
export function metadataRest(call: Call, request: EmulatedRequest, path: string): Reply {
  const refusal = mayDeploy(call.org, call.user);
  if (refusal !== undefined) return { status: 403, body: asErrorBody([refusal]) };
  const id = /^\/metadata\/deployRequest(?:\/([0-9A-Za-z]+))?$/.exec(path);
  if (id === null) return { status: 404, body: asErrorBody([notFound().fault]) };
  if (id[1] !== undefined && request.method === 'GET') return status(call, request, id[1]);
  if (request.method !== 'POST')
    return {
      status: 405,
      body: [{ errorCode: 'METHOD_NOT_ALLOWED', message: `HTTP Method '${request.method}' not allowed.` }],
    };
  const parts = multipart(request);
  const content = parts.get('entity_content');
  const file = parts.get('file');
  if (content === undefined || file === undefined) {
    return {
      status: 400,
      body: asErrorBody([
        { code: 'INVALID_MULTIPART_REQUEST', message: 'The request needs the parts entity_content and file' },
      ]),
    };
  }
  const options = (JSON.parse(content) as { deployOptions?: Record<string, unknown> }).deployOptions ?? {};
  const deployOptions = { checkOnly: options.checkOnly === true, rollbackOnError: options.rollbackOnError !== false };
  const deployment = startDeploy(call.org, call.user, Buffer.from(file, 'latin1'), deployOptions);
  return {
    status: 201,
    body: {
      id: deployment.id,
      validatedDeployRequestId: null,
      deployOptions: options,
      deployResult: { ...pending(deployment.id) },
    },
  };
}

const pending = (id: string): Record<string, unknown> => ({ id, done: false, status: 'Pending', success: false });

function status(call: Call, request: EmulatedRequest, id: string): Reply {
  const deployment = call.org.deployments.get(id);
  if (deployment === undefined) return { status: 404, body: asErrorBody([notFound().fault]) };
  const { details, ...result } = lookAt(deployment);
  const shown = request.query.get('includeDetails') === 'true' ? { ...result, details } : result;
  return { status: 200, body: { id, url: `${call.base}/metadata/deployRequest/${id}`, deployResult: shown } };
}

/** Parts of a multipart body by name. */
function multipart(request: EmulatedRequest): ReadonlyMap<string, string> {
  const boundary = /boundary="?([^";]+)"?/.exec(request.headers['content-type'] ?? '')?.[1];
  const parts = new Map<string, string>();
  if (boundary === undefined) return parts;
  for (const part of request.body.split(`--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(part.slice(0, split))?.[1];
    if (split >= 0 && name !== undefined) parts.set(name, part.slice(split + 4).replace(/\r\n$/, ''));
  }
  return parts;
}
