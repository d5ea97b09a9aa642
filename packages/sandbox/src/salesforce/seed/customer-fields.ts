import { decimal, type Field, field, longText, lookup, picklist, text } from '../schema/field.ts';

/**
 * The custom fields of the customer whose book the emulator plays: what Salesforce has no standard field for, kept in fields that
 * these people made themselves. By object name.
 */
export const customerFields: Readonly<Record<string, readonly Field[]>> = {
  Account: [
    decimal('Seats_Bought__c', 'double', 18, 0),
    decimal('Seats_Used__c', 'double', 18, 0),
    decimal('Usage_Events__c', 'double', 18, 0, { label: 'Usage Events Last Period' }),
  ],
  Contact: [lookup('Referred_By__c', 'Contact', 'Referred_Contacts')],
  Opportunity: [lookup('Referred_By__c', 'Contact', 'Referred_Opportunities')],
  Contract: [
    decimal('Annual_Value__c', 'currency', 16, 2),
    decimal('Notice_Days__c', 'double', 4, 0),
    field('Auto_Renews__c', 'boolean'),
    field('Notice_Given_On__c', 'date'),
  ],
  Order: [field('Promised_Date__c', 'date'), field('Shipped_Date__c', 'date')],
  OrderItem: [
    picklist('Line_Kind__c', ['Goods', 'Service'], { restricted: true }),
    decimal('Discount__c', 'percent', 5, 2),
    field('Promised_Date__c', 'date'),
    field('Shipped_Date__c', 'date'),
    field('Delivered_Date__c', 'date'),
    field('Accepted_Date__c', 'date'),
    decimal('Delivered_Quantity__c', 'double', 12, 2),
    decimal('Accepted_Quantity__c', 'double', 12, 2),
  ],
  Task: [picklist('Direction__c', ['Inbound', 'Outbound'])],
  Event: [picklist('Direction__c', ['Inbound', 'Outbound'])],
};

/** The customer's own objects, by API name. */
export const customerObjects: Readonly<Record<string, { readonly label: string; readonly fields: readonly Field[] }>> =
  {
    Survey_Response__c: {
      label: 'Survey Response',
      fields: [
        lookup('Account__c', 'Account', 'Survey_Responses'),
        lookup('Contact__c', 'Contact', 'Survey_Responses'),
        picklist('Kind__c', ['NPS', 'CSAT', 'CES'], { restricted: true }),
        decimal('Score__c', 'double', 5, 1),
        field('Responded_At__c', 'datetime'),
        longText('Comment__c', 32000),
      ],
    },
    Product_Usage__c: {
      label: 'Product Usage',
      fields: [
        lookup('Account__c', 'Account', 'Product_Usage'),
        field('Period_Start__c', 'date'),
        decimal('Seats_Bought__c', 'double', 18, 0),
        decimal('Seats_Used__c', 'double', 18, 0),
        decimal('Events__c', 'double', 18, 0),
        text('Source__c', 40),
      ],
    },
  };

/** Picklist values that this customer added to standard fields. */
export const customerValues: Readonly<Record<string, readonly string[]>> = {
  'Account.Type': ['Partner', 'Test'],
  'Opportunity.Type': ['Renewal'],
  'Contract.Status': ['Expired', 'Terminated'],
  'Order.Status': ['Shipped', 'Delivered', 'Cancelled'],
  'Case.Status': ['Waiting on Customer'],
  'Case.Priority': ['Urgent'],
  'OpportunityContactRole.Role': ['Champion', 'End User', 'Billing', 'Referrer'],
  'AccountContactRole.Role': ['Champion', 'End User', 'Billing', 'Referrer'],
  'AccountContactRelation.Roles': ['Champion', 'End User', 'Billing', 'Referrer'],
  'Product2.Family': ['Goods', 'Service'],
};
