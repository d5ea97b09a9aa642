import { audit, idField, isDeletedField } from '../common.ts';
import { field, longText, lookup, picklist, systemOwned, text } from '../field.ts';
import type { ObjectDef } from '../object.ts';

/** EmailMessage: a mail as a record, where the org keeps mails so. Object Reference, "EmailMessage". */
export const emailMessage: ObjectDef = {
  name: 'EmailMessage',
  label: 'Email Message',
  labelPlural: 'Email Messages',
  keyPrefix: '02s',
  fields: [
    idField('Email Message'),
    lookup('ParentId', 'Case', 'EmailMessages', { updateable: false }),
    lookup('ActivityId', 'Task', 'EmailMessages', { updateable: false }),
    ...audit,
    longText('TextBody', 32000),
    text('Subject', 3000),
    text('FromName', 1000),
    field('FromAddress', 'email', { length: 1000 }),
    text('ToAddress', 4000),
    text('CcAddress', 4000),
    field('Incoming', 'boolean', { label: 'Is Incoming', permissionable: false }),
    picklist('Status', ['0', '1', '2', '3', '4', '5'], { restricted: true, nillable: false, permissionable: false }),
    field('MessageDate', 'datetime', { permissionable: false }),
    isDeletedField,
    text('MessageIdentifier', 765, { permissionable: false }),
    text('ThreadIdentifier', 765, { permissionable: false }),
    lookup('RelatedToId', ['Account', 'Opportunity', 'Case', 'Contract', 'Order'], null, { label: 'Related To ID' }),
  ],
};

/** EmailMessageRelation: a contact, lead or user in a mail. Object Reference, "EmailMessageRelation". */
export const emailMessageRelation: ObjectDef = {
  name: 'EmailMessageRelation',
  label: 'Email Message Relation',
  labelPlural: 'Email Message Relations',
  keyPrefix: '0Mn',
  fields: [
    idField('Email Message Relation'),
    lookup('EmailMessageId', 'EmailMessage', 'EmailMessageRelations', { cascadeDelete: true, updateable: false }),
    lookup('RelationId', ['Contact', 'Lead', 'User'], null, { updateable: false }),
    picklist('RelationType', ['ToAddress', 'CcAddress', 'BccAddress', 'FromAddress', 'OtherAddress'], {
      restricted: true,
      permissionable: false,
    }),
    field('RelationAddress', 'email', { length: 1000, updateable: false }),
    text('RelationObjectType', 40, systemOwned),
    isDeletedField,
    ...audit,
  ],
};

/** EventRelation: who was invited to an event. Object Reference, "EventRelation". */
export const eventRelation: ObjectDef = {
  name: 'EventRelation',
  label: 'Event Relation',
  labelPlural: 'Event Relations',
  keyPrefix: '0RE',
  fields: [
    idField('Event Relation'),
    lookup('EventId', 'Event', 'EventRelations', { cascadeDelete: true, updateable: false }),
    lookup('RelationId', ['Contact', 'Lead', 'User'], null, { updateable: false }),
    picklist('Status', ['New', 'Accepted', 'Declined'], { restricted: true }),
    isDeletedField,
    ...audit,
  ],
};
