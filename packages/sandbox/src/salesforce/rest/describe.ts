import { createHash } from 'node:crypto';
import { objectAccess, visibleFields, visibleObject } from '../access/access.ts';
import { type Call, knownObject, type Reply } from '../org.ts';
import type { Field } from '../schema/field.ts';
import { isDeleted } from '../store/row.ts';
import { cellOf, rowsWhere, type SObject } from '../store/sobject.ts';
import { describeField } from './describe-field.ts';
import { liveRow, objectNamed, recordBody } from './record.ts';
import { type Handler, type Route, route } from './route.ts';

function urlsOf(call: Call, object: SObject): Record<string, string> {
  const base = `${call.base}/sobjects/${object.def.name}`;
  return {
    compactLayouts: `${base}/describe/compactLayouts`,
    rowTemplate: `${base}/{ID}`,
    approvalLayouts: `${base}/describe/approvalLayouts`,
    uiDetailTemplate: `https://sandbox.example.com/{ID}`,
    uiEditTemplate: `https://sandbox.example.com/{ID}/e`,
    listviews: `${base}/listviews`,
    describe: `${base}/describe`,
    uiNewRecord: `https://sandbox.example.com/${object.def.keyPrefix ?? ''}/e`,
    quickActions: `${base}/quickActions`,
    layouts: `${base}/describe/layouts`,
    sobject: base,
  };
}

/** Facts that describeGlobal and describe share. */
function summary(call: Call, object: SObject): Record<string, unknown> {
  const { def } = object;
  const edit = objectAccess(call.org, call.user, object) === 'edit';
  return {
    activateable: false,
    ...(call.versionNumber > 48 ? { associateEntityType: null, associateParentEntity: null } : {}),
    createable: def.createable !== false && edit,
    custom: def.custom === true,
    customSetting: false,
    ...(call.versionNumber > 42 ? { deepCloneable: false } : {}),
    deletable: def.deletable !== false && edit,
    deprecatedAndHidden: false,
    feedEnabled: def.feedEnabled === true,
    hasSubtypes: false,
    ...(call.versionNumber > 42 ? { isInterface: false } : {}),
    isSubtype: false,
    keyPrefix: def.keyPrefix,
    label: def.label,
    labelPlural: def.labelPlural,
    layoutable: true,
    mergeable: def.mergeable === true,
    mruEnabled: def.mruEnabled !== false,
    name: def.name,
    queryable: true,
    replicateable: def.replicateable !== false,
    retrieveable: true,
    searchable: def.searchable !== false,
    triggerable: true,
    undeletable: def.undeletable !== false,
    updateable: def.updateable !== false && edit,
  };
}

function describeObject(call: Call, object: SObject): Record<string, unknown> {
  const newer = call.versionNumber > 42;
  return {
    actionOverrides: [],
    ...summary(call, object),
    childRelationships: childRelationships(call, object),
    compactLayoutable: true,
    ...(newer
      ? {
          defaultImplementation: null,
          extendedBy: null,
          extendsInterfaces: null,
          implementedBy: null,
          implementsInterfaces: null,
        }
      : {}),
    fields: visibleFields(call.org, call.user, object).map((field) => describeField(call, object, field)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(call, object),
    searchLayoutable: true,
    // Recorded at v42 and from v5x on, but not at v48.
    ...(call.versionNumber <= 42 || call.versionNumber > 48 ? { sobjectDescribeOption: 'FULL' } : {}),
    supportedScopes: [
      { label: `All ${object.def.labelPlural.toLowerCase()}`, name: 'everything' },
      { label: `My ${object.def.labelPlural.toLowerCase()}`, name: 'mine' },
    ],
    urls: urlsOf(call, object),
  };
}

function childRelationships(call: Call, object: SObject): readonly unknown[] {
  const found: unknown[] = [];
  for (const child of call.org.objects.values()) {
    if (visibleObject(call.org, call.user, child.def.name) === undefined) continue;
    for (const field of visibleFields(call.org, call.user, child)) {
      if (!field.referenceTo.includes(object.def.name) || field.name === 'MasterRecordId') continue;
      found.push({
        cascadeDelete: field.cascadeDelete,
        childSObject: child.def.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName:
          field.childRelationship === null || !field.custom || field.childRelationship.endsWith('__r')
            ? field.childRelationship
            : `${field.childRelationship}__r`,
        restrictedDelete: false,
      });
    }
  }
  return found;
}

/** The master record type and the object's own; each says its DeveloperName from v43 on. */
function recordTypeInfos(call: Call, object: SObject): readonly unknown[] {
  if (object.def.recordTypes !== true) return [];
  const types = knownObject(call.org, 'RecordType');
  const rows = [...rowsWhere(types, 'SobjectType', object.def.name)].filter((row) => !isDeleted(row));
  const info = (name: string, developerName: string, id: string, master: boolean, isDefault: boolean): unknown => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: isDefault,
    ...(call.versionNumber > 42 ? { developerName } : {}),
    master,
    name,
    recordTypeId: id,
    urls: { layout: `${call.base}/sobjects/${object.def.name}/describe/layouts/${id}` },
  });
  const own = rows.map((row) => {
    const developerName = String(cellOf(types, row, 'DeveloperName'));
    const option = call.org.settings.recordTypes?.find(
      (type) => type.object === object.def.name && type.developerName === developerName,
    );
    return info(String(cellOf(types, row, 'Name')), developerName, String(row[0]), false, option?.isDefault === true);
  });
  const hasDefault =
    call.org.settings.recordTypes?.some((type) => type.object === object.def.name && type.isDefault === true) === true;
  return [...own, info('Master', 'Master', '012000000000000AAA', true, !hasDefault)];
}

/** Answers with ETag and Last-Modified, and 304 to a reader whose copy is not older than the org's schema. */
function cached(call: Call, body: unknown): Reply {
  const changed = call.org.schemaChangedAt();
  const tag = createHash('sha1')
    .update(`${call.org.id}:${call.user.id}:${call.org.counters.schema}`)
    .digest('hex')
    .slice(0, 8);
  const headers = { etag: `"${tag}"`, 'last-modified': new Date(changed).toUTCString() };
  const since = Date.parse(call.headers['if-modified-since'] ?? '');
  if (!Number.isNaN(since) && Math.floor(changed / 1000) * 1000 <= since) return { status: 304, headers };
  return { status: 200, headers, body };
}

const global: Handler = (call) => {
  const sobjects = [...call.org.objects.values()]
    .filter((object) => visibleObject(call.org, call.user, object.def.name) !== undefined)
    .sort((a, b) => (a.def.name < b.def.name ? -1 : 1))
    .map((object) => {
      const { uiDetailTemplate: _d, uiEditTemplate: _e, uiNewRecord: _n, ...urls } = urlsOf(call, object);
      return { ...summary(call, object), urls };
    });
  return cached(call, { encoding: 'UTF-8', maxBatchSize: 200, sobjects });
};

const describe: Handler = (call, _request, [name = '']) => cached(call, describeObject(call, objectNamed(call, name)));

const basics: Handler = (call, _request, [name = '']) => {
  const object = objectNamed(call, name);
  const recentItems = object.byStamp
    .all()
    .slice(-5)
    .flatMap((row) =>
      liveRow(call, object, String(row[0])) === undefined
        ? []
        : [recordBody(call, object, row, [object.fields.get('id') as Field])],
    );
  return {
    status: 200,
    body: { objectDescribe: { ...summary(call, object), urls: urlsOf(call, object) }, recentItems },
  };
};

/** Describe endpoints. */
export const describeRoutes: readonly Route[] = [
  route('GET', '/sobjects', global),
  route('GET', '/sobjects/{object}', basics),
  route('GET', '/sobjects/{object}/describe', describe),
];
