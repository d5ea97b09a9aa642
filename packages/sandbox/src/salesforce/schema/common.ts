import { decimal, type Field, field, longText, lookup, picklist, systemOwned, text } from './field.ts';

/** `Id`, the first field of every object. */
export const idField = (label: string): Field =>
  field('Id', 'id', {
    label: `${label} ID`,
    length: 18,
    nillable: false,
    idLookup: true,
    defaultedOnCreate: true,
    ...systemOwned,
  });

/** `IsDeleted`: true while the record is in the recycle bin. */
export const isDeletedField: Field = field('IsDeleted', 'boolean', { label: 'Deleted', ...systemOwned });

/** `OwnerId`, to a user or, where the object allows queues, a group. */
export const owner = (to: readonly string[] = ['User']): Field =>
  lookup('OwnerId', to, null, { nillable: false, permissionable: false, defaultedOnCreate: true });

/** Created and modified, by whom and when, and SystemModstamp. */
export const audit: readonly Field[] = [
  field('CreatedDate', 'datetime', { nillable: false, defaultedOnCreate: true, ...systemOwned }),
  lookup('CreatedById', 'User', null, { nillable: false, defaultedOnCreate: true, ...systemOwned }),
  field('LastModifiedDate', 'datetime', { nillable: false, defaultedOnCreate: true, ...systemOwned }),
  lookup('LastModifiedById', 'User', null, { nillable: false, defaultedOnCreate: true, ...systemOwned }),
  field('SystemModstamp', 'datetime', { nillable: false, defaultedOnCreate: true, ...systemOwned }),
];

/** When the running user last saw the record; null here, as for a user who never opened it. */
export const viewed: readonly Field[] = [
  field('LastViewedDate', 'datetime', systemOwned),
  field('LastReferencedDate', 'datetime', systemOwned),
];

/** The parts of an address and the compound field that shows them together; `prefix` is empty on Lead. */
export function address(prefix: string): readonly Field[] {
  const compoundFieldName = `${prefix}Address`;
  const part = { compoundFieldName };
  return [
    field(`${prefix}Street`, 'textarea', { length: 255, extraTypeInfo: 'plaintextarea', ...part }),
    text(`${prefix}City`, 40, part),
    text(`${prefix}State`, 80, { label: `${prefix} State/Province`.trim(), ...part }),
    text(`${prefix}PostalCode`, 20, { label: `${prefix} Zip/Postal Code`.trim(), ...part }),
    text(`${prefix}Country`, 80, part),
    decimal(`${prefix}Latitude`, 'double', 18, 15, part),
    decimal(`${prefix}Longitude`, 'double', 18, 15, part),
    picklist(`${prefix}GeocodeAccuracy`, geocodeAccuracies, { length: 40, restricted: true, ...part }),
    field(compoundFieldName, 'address', {
      compute: (record) => {
        const parts = addressParts.map(
          (name) => [name, record.get(prefix + name[0]?.toUpperCase() + name.slice(1))] as const,
        );
        return parts.some(([, value]) => value !== null) ? Object.fromEntries(parts) : null;
      },
    }),
  ];
}

const addressParts = ['city', 'country', 'geocodeAccuracy', 'latitude', 'longitude', 'postalCode', 'state', 'street'];

const geocodeAccuracies = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];

/** A person's name fields: Name is first and last name joined, and cannot be written. */
export const personName: readonly Field[] = [
  text('LastName', 80, { nillable: false, permissionable: false, compoundFieldName: 'Name' }),
  text('FirstName', 40, { permissionable: false, compoundFieldName: 'Name' }),
  picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], {
    length: 40,
    permissionable: false,
    compoundFieldName: 'Name',
  }),
  text('Name', 121, {
    label: 'Full Name',
    nillable: false,
    nameField: true,
    ...systemOwned,
    extraTypeInfo: 'personname',
  }),
];

/** Description, long text. */
export const description = (label: string): Field => longText('Description', 32000, { label });

/** Path of the record's picture. */
export const photoUrl: Field = field('PhotoUrl', 'url', {
  label: 'Photo URL',
  length: 255,
  extraTypeInfo: 'imageurl',
  ...systemOwned,
  compute: (record) => `/services/images/photo/${record.id}`,
});

/** Latest day of any task or event on the record: a roll-up, which moves without SystemModstamp. */
export const lastActivity = (activityLookup: string): Field =>
  field('LastActivityDate', 'date', {
    label: 'Last Activity',
    ...systemOwned,
    compute: (record) => {
      const days = ['Task', 'Event'].flatMap((object) =>
        record.children(object, activityLookup).flatMap((activity) => {
          const day = activity.get('ActivityDate');
          return typeof day === 'string' ? [day] : [];
        }),
      );
      return days.sort().at(-1) ?? null;
    },
  });
