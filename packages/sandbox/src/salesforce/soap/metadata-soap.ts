import type { EmulatedResponse } from '../../server/emulator.ts';
import { type Applied, applyComponents, applyDeletion } from '../metadata/apply.ts';
import { lookAt, startDeploy } from '../metadata/deploy.ts';
import { mayDeploy } from '../metadata/may-deploy.ts';
import type { Component } from '../metadata/package.ts';
import { listMetadata, readMetadata } from '../metadata/read-metadata.ts';
import { child, children, flag, textOf, type XmlNode } from '../metadata/xml.ts';
import { type Org, type OrgUser, seconds } from '../org.ts';
import { type SoapRequest, soapFault, soapReply } from './envelope.ts';

/** Namespace of the Metadata API. */
export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/** Answers a call of the Metadata API. */
export function metadataSoap(org: Org, user: OrgUser, request: SoapRequest): EmulatedResponse {
  const refusal = mayDeploy(org, user);
  if (refusal !== undefined) return soapFault(metadataNamespace, refusal.code, refusal.message);
  const method = methods[request.method];
  if (method === undefined)
    return soapFault(metadataNamespace, 'INVALID_TYPE', `No operation available for request ${request.method}`);
  const results = method(org, user, request.body);
  if ('fault' in results) return soapFault(metadataNamespace, results.fault, results.message);
  return soapReply(metadataNamespace, request.method, results.results);
}

type Answer = { readonly results: readonly unknown[] } | { readonly fault: string; readonly message: string };

type Method = (org: Org, user: OrgUser, body: XmlNode) => Answer;

const deploy: Method = (org, user, body) => {
  const options = child(body, 'DeployOptions') ?? child(body, 'deployOptions');
  const zip = Buffer.from(textOf(body, 'ZipFile') ?? textOf(body, 'zipFile') ?? '', 'base64');
  const rollback = textOf(options, 'rollbackOnError');
  const deployment = startDeploy(org, user, zip, {
    checkOnly: flag(options, 'checkOnly'),
    rollbackOnError: rollback !== 'false',
  });
  return { results: [{ done: false, id: deployment.id, state: 'Queued' }] };
};

const checkDeployStatus: Method = (org, _user, body) => {
  const deployment = org.deployments.get(textOf(body, 'asyncProcessId') ?? '');
  if (deployment === undefined) return { fault: 'INVALID_ID_FIELD', message: 'no deployment with this id' };
  const { details, ...result } = lookAt(deployment);
  return {
    results: [flag(body, 'includeDetails') ? { ...result, ...(details === undefined ? {} : { details }) } : result],
  };
};

/** At most ten names a call. */
const read: Method = (org, _user, body) => {
  const type = textOf(body, 'type') ?? '';
  const names = children(body, 'fullNames').map((name) => String(name).trim());
  if (names.length > 10)
    return {
      fault: 'LIMIT_EXCEEDED',
      message: 'record limit reached. cannot submit more than 10 records in this operation',
    };
  const records = names.map((name) => {
    const found = readMetadata(org, type, name);
    return found === null ? { '@xsi:nil': 'true' } : { '@xsi:type': type, ...found };
  });
  return { results: [{ records }] };
};

const list: Method = (org, user, body) => {
  const now = new Date(seconds(org) * 1000).toISOString();
  const by = { createdById: user.id, createdByName: user.name ?? user.username, createdDate: now };
  const last = { lastModifiedById: user.id, lastModifiedByName: user.name ?? user.username, lastModifiedDate: now };
  const results = children(body, 'queries').flatMap((query) => {
    const type = textOf(query, 'type') ?? '';
    return listMetadata(org, type).map((found) => ({
      ...by,
      fileName: found.fileName,
      fullName: found.fullName,
      id: found.id,
      ...last,
      manageableState: 'unmanaged',
      type,
    }));
  });
  return { results };
};

const save =
  (mode: 'create' | 'update' | 'upsert'): Method =>
  (org, user, body) => ({
    results: children(body, 'metadata').map((xml) => {
      const type = typeof xml === 'string' ? '' : String(xml['@type'] ?? xml['@xsi:type'] ?? '');
      const fullName = textOf(xml, 'fullName') ?? '';
      const exists = readMetadata(org, type, fullName) !== null;
      if (mode === 'create' && exists)
        return failed(fullName, 'DUPLICATE_DEVELOPER_NAME', `There is already a component named ${fullName}`);
      if (mode === 'update' && !exists)
        return failed(fullName, 'INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
      const [applied] = applyComponents(org, { by: 'api', userId: user.id, request: org.counters.request }, [
        component(type, fullName, xml),
      ]);
      return outcome(applied, fullName, mode);
    }),
  });

/** A field's own element carries its plain name; the call's fullName carries the object too. */
function component(type: string, fullName: string, xml: XmlNode): Component {
  const known = type === 'CustomField' || type === 'CustomObject' || type === 'PermissionSet' ? type : 'Other';
  const own =
    type === 'CustomField' && typeof xml !== 'string'
      ? { ...xml, fullName: fullName.split('.').at(-1) ?? fullName }
      : xml;
  return { type: known, typeName: type, fullName, file: '', xml: own };
}

const failed = (fullName: string, statusCode: string, message: string): unknown => ({
  errors: { message, statusCode },
  fullName,
  success: false,
});

function outcome(applied: Applied | undefined, fullName: string, mode: string): unknown {
  if (applied?.problem !== undefined) return failed(fullName, 'FIELD_INTEGRITY_EXCEPTION', applied.problem);
  return { ...(mode === 'upsert' ? { created: applied?.created === true } : {}), fullName, success: true };
}

const remove: Method = (org, user, body) => {
  const type = textOf(body, 'type') ?? '';
  const author = { by: 'api', userId: user.id, request: org.counters.request } as const;
  return {
    results: children(body, 'fullNames').map((name) => {
      const fullName = String(name).trim();
      const applied = applyDeletion(org, author, type, fullName, '');
      if (applied.deleted === true) return { fullName, success: true };
      return failed(fullName, 'INVALID_CROSS_REFERENCE_KEY', applied.problem ?? `no ${type} named ${fullName} found`);
    }),
  };
};

const describe: Method = () => ({
  results: [
    {
      metadataObjects: [
        {
          directoryName: 'objects',
          inFolder: false,
          metaFile: false,
          suffix: 'object',
          xmlName: 'CustomObject',
          childXmlNames: ['CustomField'],
        },
        {
          directoryName: 'permissionsets',
          inFolder: false,
          metaFile: false,
          suffix: 'permissionset',
          xmlName: 'PermissionSet',
        },
      ],
      organizationNamespace: '',
      partialSaveAllowed: true,
      testRequired: false,
    },
  ],
});

const methods: Readonly<Record<string, Method>> = {
  deploy,
  checkDeployStatus,
  readMetadata: read,
  listMetadata: list,
  createMetadata: save('create'),
  updateMetadata: save('update'),
  upsertMetadata: save('upsert'),
  deleteMetadata: remove,
  describeMetadata: describe,
};
