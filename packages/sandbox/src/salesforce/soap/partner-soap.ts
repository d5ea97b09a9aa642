import type { EmulatedResponse } from '../../server/emulator.ts';
import { child, children, textOf, type XmlNode } from '../metadata/xml.ts';
import { type Org, type OrgUser, objectOfId, seconds } from '../org.ts';
import type { Cell } from '../store/row.ts';
import { idOf, isDeleted, type Row } from '../store/row.ts';
import type { SObject } from '../store/sobject.ts';
import { coerce } from '../write/coerce.ts';
import type { Author } from '../write/commit.ts';
import { mergeable, mergeRows, purge, restore } from '../write/remove.ts';
import { type SoapRequest, soapFault, soapReply } from './envelope.ts';

/** Namespace of the partner API. */
export const partnerNamespace = 'urn:partner.soap.sforce.com';

/** Answers merge, undelete, emptyRecycleBin and getServerTimestamp; the rest of the partner API is not served. */
export function partnerSoap(org: Org, user: OrgUser, request: SoapRequest): EmulatedResponse {
  const author: Author = { by: 'api', userId: user.id, request: org.counters.request };
  switch (request.method) {
    case 'merge':
      return soapReply(
        partnerNamespace,
        'merge',
        mergeRequests(request.body).map((one) => merge(org, author, one)),
      );
    case 'undelete':
      return soapReply(
        partnerNamespace,
        'undelete',
        idsIn(request.body).map((id) => onBin(org, id, (object, row) => restore(org, author, object, row))),
      );
    case 'emptyRecycleBin':
      return soapReply(
        partnerNamespace,
        'emptyRecycleBin',
        idsIn(request.body).map((id) => onBin(org, id, (object, row) => purge(org, author, object, row))),
      );
    case 'getServerTimestamp':
      return soapReply(partnerNamespace, 'getServerTimestamp', [
        { timestamp: new Date(seconds(org) * 1000).toISOString() },
      ]);
    default:
      return soapFault(partnerNamespace, 'INVALID_TYPE', `No operation available for request ${request.method}`);
  }
}

const mergeRequests = (body: XmlNode): readonly XmlNode[] => [
  ...children(body, 'request'),
  ...children(body, 'mergeRequests'),
];

const idsIn = (body: XmlNode): readonly string[] => children(body, 'ids').map((id) => String(id).trim());

const failure = (statusCode: string, message: string, id?: string): unknown => ({
  errors: { message, statusCode },
  ...(id === undefined ? {} : { id }),
  success: false,
});

function merge(org: Org, author: Author, request: XmlNode): unknown {
  const masterXml = child(request, 'masterRecord');
  const id = textOf(masterXml, 'Id') ?? textOf(masterXml, 'id') ?? '';
  const found = objectOfId(org, id);
  const object = found === undefined ? undefined : mergeable(org, found.def.name);
  const master = object?.rows.get(id);
  const loserIds = [...children(request, 'recordToMergeIds'), ...children(request, 'recordToMergeIDs')].map((loser) =>
    String(loser).trim(),
  );
  if (object === undefined || master === undefined)
    return failure('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (loserIds.length < 1 || loserIds.length > 2)
    return failure('INVALID_NUMBER_FOR_MERGE', 'one or two records can be merged into a master');
  const losers = loserIds.map((loser) => object.rows.get(loser));
  if (isDeleted(master) || losers.some((loser) => loser === undefined || isDeleted(loser) || loser === master))
    return failure('ENTITY_IS_DELETED', 'entity is deleted');
  const moved = mergeRows(org, author, object, master, losers as readonly Row[], masterValues(org, object, masterXml));
  return { id: idOf(master), mergedRecordIds: loserIds, success: true, updatedRelatedIds: moved };
}

/** Values that the request sets on the master at once. */
function masterValues(org: Org, object: SObject, xml: XmlNode | undefined): ReadonlyMap<string, Cell> {
  const values = new Map<string, Cell>();
  if (xml === undefined || typeof xml === 'string') return values;
  for (const name of Object.keys(xml)) {
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined || !field.updateable) continue;
    const coerced = coerce(org, field, textOf(xml, name));
    if ('value' in coerced) values.set(field.name, coerced.value);
  }
  return values;
}

function onBin(org: Org, id: string, act: (object: SObject, row: Row) => void): unknown {
  const object = objectOfId(org, id);
  const row = object?.rows.get(id);
  if (object === undefined || row === undefined) return failure('INVALID_ID_FIELD', 'id does not exist', id);
  if (!isDeleted(row)) return failure('UNDELETE_FAILED', 'Entity is not in the recycle bin', id);
  act(object, row);
  return { id, success: true };
}
