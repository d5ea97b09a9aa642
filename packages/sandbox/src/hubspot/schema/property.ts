/** One choice of an enumeration. `value` is the internal name, which the API reads and writes. */
export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
  readonly description?: string;
}

/** The property types of HubSpot's CRM. */
export type PropertyType = 'bool' | 'date' | 'datetime' | 'enumeration' | 'number' | 'phone_number' | 'string';

/** A property as the portal holds it; the API's answer is made from it. */
export interface Property {
  readonly name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  description: string;
  groupName: string;
  options: readonly PropertyOption[];
  displayOrder: number;
  readonly hasUniqueValue: boolean;
  hidden: boolean;
  formField: boolean;
  /** The vendor's own property: cannot be archived. */
  readonly hubspotDefined: boolean;
  readonly calculated: boolean;
  calculationFormula?: string;
  readonly externalOptions: boolean;
  readonly referencedObjectType?: string;
  /** The API refuses to set it. */
  readonly readOnlyValue: boolean;
  readonly createdAt: number;
  updatedAt: number;
  archivedAt?: number;
}

/** What someone gives to make a property; the rest has defaults. */
export interface PropertyInput {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly groupName?: string;
  readonly description?: string;
  readonly options?: readonly (Pick<PropertyOption, 'label' | 'value'> & Partial<PropertyOption>)[];
  readonly hasUniqueValue?: boolean;
  readonly hidden?: boolean;
  readonly formField?: boolean;
  readonly displayOrder?: number;
  readonly calculationFormula?: string;
  readonly externalOptions?: boolean;
  readonly referencedObjectType?: string;
  readonly readOnlyValue?: boolean;
  readonly hubspotDefined?: boolean;
}

/** A property group of one object. */
export interface PropertyGroup {
  readonly name: string;
  label: string;
  displayOrder: number;
  archived: boolean;
}

/** Makes a property from what was given. `at` is the instant of creation, in milliseconds since the epoch. */
export function makeProperty(input: PropertyInput, group: string, at: number): Property {
  return {
    name: input.name,
    label: input.label,
    type: input.type,
    fieldType: input.fieldType,
    description: input.description ?? '',
    groupName: input.groupName ?? group,
    options: makeOptions(input.options ?? []),
    displayOrder: input.displayOrder ?? -1,
    hasUniqueValue: input.hasUniqueValue ?? false,
    hidden: input.hidden ?? false,
    formField: input.formField ?? false,
    hubspotDefined: input.hubspotDefined ?? false,
    calculated: input.calculationFormula !== undefined,
    externalOptions: input.externalOptions ?? false,
    readOnlyValue: input.readOnlyValue ?? input.calculationFormula !== undefined,
    createdAt: at,
    updatedAt: at,
    ...(input.calculationFormula === undefined ? {} : { calculationFormula: input.calculationFormula }),
    ...(input.referencedObjectType === undefined ? {} : { referencedObjectType: input.referencedObjectType }),
  };
}

/** Options with the defaults that HubSpot fills in. */
export function makeOptions(options: NonNullable<PropertyInput['options']>): PropertyOption[] {
  return options.map((option, index) => ({
    label: option.label,
    value: option.value,
    displayOrder: option.displayOrder ?? index,
    hidden: option.hidden ?? false,
    ...(option.description === undefined ? {} : { description: option.description }),
  }));
}
