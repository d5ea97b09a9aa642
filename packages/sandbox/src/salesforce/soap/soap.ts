import type { EmulatedRequest, EmulatedResponse } from '../../server/emulator.ts';
import type { Org } from '../org.ts';
import { requestLimitExceeded } from '../respond.ts';
import { countCall } from '../rest/limits.ts';
import { liveSession } from '../sessions.ts';
import { readEnvelope, soapFault } from './envelope.ts';
import { metadataNamespace, metadataSoap } from './metadata-soap.ts';
import { partnerNamespace, partnerSoap } from './partner-soap.ts';

/** Answers `/services/Soap/m/…` (Metadata API) and `/services/Soap/u/…` (partner API); the session comes in the body. */
export function soap(org: Org, request: EmulatedRequest): EmulatedResponse {
  const isMetadata = request.path.startsWith('/services/Soap/m/');
  const namespace = isMetadata ? metadataNamespace : partnerNamespace;
  const envelope = readEnvelope(request.body);
  if (envelope === undefined) return soapFault(namespace, 'INVALID_INPUT', 'The request is no SOAP envelope');
  const session = liveSession(org, envelope.session ?? '');
  if (session === undefined)
    return soapFault(namespace, 'INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
  if (!countCall(org))
    return soapFault(
      namespace,
      'REQUEST_LIMIT_EXCEEDED',
      String((requestLimitExceeded.body as { message: string }[])[0]?.message),
    );
  return isMetadata ? metadataSoap(org, session.user, envelope) : partnerSoap(org, session.user, envelope);
}
