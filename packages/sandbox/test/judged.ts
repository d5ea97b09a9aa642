import { shapeErrors } from './client-shape.ts';

/** Where an answer's shape is declared: by method, path and status. The first line that fits decides. */
const declared: readonly (readonly [method: string, path: RegExp, area: string, model: string, partial?: string])[] = [
  [
    'GET',
    /^\/crm\/objects\/\w+\/\d+\/associations\/\w+$/,
    'crm/associations/v4',
    'CollectionResponseMultiAssociatedObjectWithLabelForwardPaging',
  ],
  [
    'PUT',
    /^\/crm\/objects\/\w+\/\d+\/associations\/default\//,
    'crm/associations/v4',
    'BatchResponsePublicDefaultAssociation',
  ],
  ['PUT', /^\/crm\/objects\/\w+\/\d+\/associations\/\w+\/\d+$/, 'crm/associations/v4', 'LabelsBetweenObjectPair'],
  [
    'POST',
    /^\/crm\/associations\/.*\/batch\/read$/,
    'crm/associations/v4',
    'BatchResponsePublicAssociationMultiWithLabel',
    'BatchResponsePublicAssociationMultiWithLabelWithErrors',
  ],
  [
    'POST',
    /^\/crm\/associations\/.*\/batch\/create$/,
    'crm/associations/v4',
    'BatchResponseLabelsBetweenObjectPair',
    'BatchResponseLabelsBetweenObjectPairWithErrors',
  ],
  [
    'GET',
    /^\/crm\/associations\/.*\/labels$/,
    'crm/associations/v4/schema',
    'CollectionResponseAssociationSpecWithLabelNoPaging',
  ],
  [
    'POST',
    /^\/crm\/associations\/.*\/labels$/,
    'crm/associations/v4/schema',
    'CollectionResponseAssociationSpecWithLabelNoPaging',
  ],
  ['POST', /^\/crm\/objects\/[\w-]+\/search$/, 'crm/companies', 'CollectionResponseWithTotalSimplePublicObject'],
  ['POST', /^\/crm\/objects\/[\w-]+\/merge$/, 'crm/companies', 'SimplePublicObject'],
  [
    'POST',
    /^\/crm\/objects\/[\w-]+\/batch\/upsert$/,
    'crm/companies',
    'BatchResponseSimplePublicUpsertObject',
    'BatchResponseSimplePublicUpsertObjectWithErrors',
  ],
  [
    'POST',
    /^\/crm\/objects\/[\w-]+\/batch\/(read|create|update)$/,
    'crm/companies',
    'BatchResponseSimplePublicObject',
    'BatchResponseSimplePublicObjectWithErrors',
  ],
  [
    'GET',
    /^\/crm\/objects\/[\w-]+$/,
    'crm/companies',
    'CollectionResponseSimplePublicObjectWithAssociationsForwardPaging',
  ],
  ['POST', /^\/crm\/objects\/[\w-]+$/, 'crm/companies', 'SimplePublicObject'],
  ['GET', /^\/crm\/objects\/[\w-]+\/[^/]+$/, 'crm/companies', 'SimplePublicObjectWithAssociations'],
  ['PATCH', /^\/crm\/objects\/[\w-]+\/[^/]+$/, 'crm/companies', 'SimplePublicObject'],
  ['GET', /^\/crm\/properties\/\w+\/groups$/, 'crm/properties', 'CollectionResponsePropertyGroupNoPaging'],
  ['POST', /^\/crm\/properties\/\w+\/groups$/, 'crm/properties', 'PropertyGroup'],
  [
    'POST',
    /^\/crm\/properties\/\w+\/batch\/(read|create)$/,
    'crm/properties',
    'BatchResponseProperty',
    'BatchResponsePropertyWithErrors',
  ],
  ['GET', /^\/crm\/properties\/\w+$/, 'crm/properties', 'CollectionResponsePropertyNoPaging'],
  ['POST', /^\/crm\/properties\/\w+$/, 'crm/properties', 'Property'],
  ['GET', /^\/crm\/properties\/\w+\/\w+$/, 'crm/properties', 'Property'],
  ['PATCH', /^\/crm\/properties\/\w+\/\w+$/, 'crm/properties', 'Property'],
  ['GET', /^\/crm\/owners$/, 'crm/owners', 'CollectionResponsePublicOwnerForwardPaging'],
  ['GET', /^\/crm\/pipelines\/\w+$/, 'crm/pipelines', 'CollectionResponsePipelineNoPaging'],
  ['GET', /^\/crm-object-schemas\/schemas$/, 'crm/schemas', 'CollectionResponseObjectSchemaNoPaging'],
  ['POST', /^\/crm-object-schemas\/schemas$/, 'crm/schemas', 'ObjectSchema'],
  ['POST', /^\/oauth\/token$/, 'oauth', 'TokenResponseIF'],
];

/** A path without its version, so that both families look alike. */
function unversioned(path: string): string {
  return path.replace(/\/(v\d|\d{4}-\d{2})(?=\/|$)/, '').replace(/\/$/, '');
}

/** Throws when a successful answer breaks the shape that the real client declares for it. Undeclared endpoints pass. */
export function judge(method: string, path: string, status: number, body: unknown): void {
  if (status >= 300 || typeof body !== 'object' || body === null) return;
  const line = declared.find(([wanted, pattern]) => wanted === method && pattern.test(unversioned(path)));
  if (line === undefined) return;
  const [, , area, whole, partial] = line;
  const model = 'numErrors' in body && partial !== undefined ? partial : whole;
  const errors = shapeErrors(area, model, body);
  if (errors.length > 0) throw new Error(`${method} ${path} is no ${model}: ${errors.slice(0, 5).join('; ')}`);
}
