import { type Org, objectOf } from '../org.ts';
import { type Field, type FieldOptions, type FieldType, field, picklistValue } from '../schema/field.ts';
import { child, children, flag, textOf, wholeNumber, type XmlNode } from './xml.ts';

/** A field from its metadata, or the first thing that the platform would refuse. */
type ReadField = { readonly field: Field } | { readonly problem: string };

const types: Readonly<Record<string, FieldType>> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
  AutoNumber: 'string',
};

/** Reads a CustomField element. Metadata API Developer Guide, "CustomField". */
export function readField(org: Org, objectName: string, xml: XmlNode): ReadField {
  const name = textOf(xml, 'fullName') ?? '';
  const typeName = textOf(xml, 'type') ?? '';
  const type = types[typeName];
  const problem = problemOf(org, name, typeName, type, xml);
  if (problem !== undefined) return { problem };
  const calculated = textOf(xml, 'formula');
  const mandatory = flag(xml, 'required') || typeName === 'MasterDetail';
  const options: FieldOptions = {
    label: textOf(xml, 'label') as string,
    helpText: textOf(xml, 'inlineHelpText') ?? null,
    description: textOf(xml, 'description') ?? null,
    nillable: !mandatory && type !== 'boolean',
    permissionable: !mandatory,
    byProfile: false,
    unique: flag(xml, 'unique'),
    externalId: flag(xml, 'externalId'),
    idLookup: flag(xml, 'externalId'),
    caseSensitive: flag(xml, 'caseSensitive'),
    formula: calculated ?? null,
    ...(calculated === undefined ? {} : { createable: false, updateable: false }),
    ...sizes(typeName, xml),
    ...choices(typeName, xml),
    ...target(objectName, typeName, xml),
    metadata: xml as Readonly<Record<string, unknown>>,
  };
  return { field: field(name, type as FieldType, options) };
}

function problemOf(
  org: Org,
  name: string,
  typeName: string,
  type: FieldType | undefined,
  xml: XmlNode,
): string | undefined {
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*(__c)$/.test(name))
    return `The object name ${name} is not a valid custom field name: it must end in __c and hold letters, digits and single underscores`;
  if (name.length > 43) return `Field Name: value too long: ${name} (max length=40)`;
  if (type === undefined) return `'${typeName}' is not a valid value for the enum 'FieldType'`;
  const label = textOf(xml, 'label');
  if (label === undefined || label === '') return 'Required field is missing: label';
  if (label.length > 40) return `Label: value too long: ${label} (max length=40)`;
  if ((textOf(xml, 'inlineHelpText') ?? '').length > 510) return 'Help Text: value too long (max length=510)';
  return sizeProblem(typeName, xml) ?? choiceProblem(typeName, xml) ?? targetProblem(org, typeName, xml);
}

function sizeProblem(typeName: string, xml: XmlNode): string | undefined {
  const length = wholeNumber(xml, 'length');
  if (typeName === 'Text' && (length === undefined || length < 1 || length > 255))
    return 'Length must be between 1 and 255';
  if (
    (typeName === 'LongTextArea' || typeName === 'Html') &&
    (length === undefined || length < 256 || length > 131_072)
  )
    return 'Length must be between 256 and 131072';
  if (typeName === 'LongTextArea' && wholeNumber(xml, 'visibleLines') === undefined)
    return "Must specify 'visibleLines' for a CustomField of type LongTextArea";
  if (['Number', 'Currency', 'Percent'].includes(typeName) && textOf(xml, 'formula') === undefined) {
    const precision = wholeNumber(xml, 'precision');
    const scale = wholeNumber(xml, 'scale');
    if (precision === undefined || scale === undefined)
      return `Must specify 'precision' and 'scale' for a CustomField of type ${typeName}`;
    if (precision > 18 || scale > precision) return 'Scale must be less than or equal to precision';
  }
  if (flag(xml, 'unique') && !['Text', 'Number', 'Email', 'AutoNumber'].includes(typeName))
    return `Can not specify 'unique' for a CustomField of type ${typeName}`;
  if (flag(xml, 'externalId') && !['Text', 'Number', 'Email', 'AutoNumber'].includes(typeName))
    return `Can not specify 'externalId' for a CustomField of type ${typeName}`;
  return undefined;
}

function choiceProblem(typeName: string, xml: XmlNode): string | undefined {
  if (typeName === 'Checkbox' && textOf(xml, 'defaultValue') === undefined)
    return "Must specify 'defaultValue' for a CustomField of type Checkbox";
  if ((typeName === 'Picklist' || typeName === 'MultiselectPicklist') && child(xml, 'valueSet') === undefined)
    return `Must specify 'valueSet' for a CustomField of type ${typeName}`;
  return undefined;
}

function targetProblem(org: Org, typeName: string, xml: XmlNode): string | undefined {
  if (typeName !== 'Lookup' && typeName !== 'MasterDetail') return undefined;
  const to = textOf(xml, 'referenceTo');
  if (to === undefined) return "Must specify 'referenceTo' for a relationship field";
  return objectOf(org, to) === undefined
    ? `referenceTo value of '${to}' does not resolve to a valid sObject type`
    : undefined;
}

function sizes(typeName: string, xml: XmlNode): FieldOptions {
  if (typeName === 'Number' || typeName === 'Currency' || typeName === 'Percent') {
    return { precision: wholeNumber(xml, 'precision') ?? 18, scale: wholeNumber(xml, 'scale') ?? 0 };
  }
  const standard: Readonly<Record<string, number>> = {
    Email: 80,
    Phone: 40,
    Url: 255,
    TextArea: 255,
    Picklist: 255,
    MultiselectPicklist: 4099,
    AutoNumber: 30,
    Lookup: 18,
    MasterDetail: 18,
  };
  return {
    length: wholeNumber(xml, 'length') ?? standard[typeName] ?? 0,
    ...(typeName === 'AutoNumber' ? { autoNumber: true, createable: false, updateable: false } : {}),
  };
}

function choices(typeName: string, xml: XmlNode): FieldOptions {
  if (typeName === 'Checkbox') return { defaultValue: flag(xml, 'defaultValue') };
  const set = child(xml, 'valueSet');
  if (set === undefined) return {};
  const values = children(child(set, 'valueSetDefinition'), 'value').map((value) => ({
    ...picklistValue(
      textOf(value, 'fullName') ?? '',
      textOf(value, 'label') ?? textOf(value, 'fullName') ?? '',
      flag(value, 'default'),
    ),
    active: textOf(value, 'isActive') !== 'false',
  }));
  return { values, restricted: flag(set, 'restricted') };
}

function target(objectName: string, typeName: string, xml: XmlNode): FieldOptions {
  if (typeName !== 'Lookup' && typeName !== 'MasterDetail') return {};
  const name = textOf(xml, 'fullName') ?? '';
  return {
    referenceTo: [textOf(xml, 'referenceTo') ?? ''],
    relationshipName: name.replace(/__c$/, '__r'),
    childRelationship: textOf(xml, 'relationshipName') ?? `${objectName.replace(/__c$/, '')}s`,
    cascadeDelete: typeName === 'MasterDetail' || textOf(xml, 'deleteConstraint') === 'Cascade',
  };
}

/** The metadata of a field: what made it, or what describes a field that the customer's own org has. */
export function fieldMetadata(objectName: string, definition: Field): Record<string, unknown> {
  const fullName = `${objectName}.${definition.name}`;
  if (definition.metadata !== null) return { ...definition.metadata, fullName };
  const names = Object.entries(types).filter(([, type]) => type === definition.type);
  const long = definition.type === 'textarea' && definition.length > 255;
  return {
    fullName,
    externalId: definition.externalId,
    label: definition.label,
    ...(definition.length > 0 && definition.type === 'string' ? { length: definition.length } : {}),
    ...(definition.precision > 0 ? { precision: definition.precision, scale: definition.scale } : {}),
    required: !definition.nillable && definition.type !== 'boolean',
    type: long ? 'LongTextArea' : (names[0]?.[0] ?? 'Text'),
  };
}
