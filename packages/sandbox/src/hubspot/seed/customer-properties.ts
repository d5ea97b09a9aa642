import { bool, date, number, select, text } from '../schema/kinds.ts';
import type { PropertyInput } from '../schema/property.ts';

/**
 * The custom properties of the customer whose book the emulator plays: what HubSpot has no field for, kept by these
 * people in fields that they made themselves. By object name.
 */
export const customerProperties: Readonly<Record<string, readonly PropertyInput[]>> = {
  companies: [
    date('renewal_date', 'Renewal date'),
    number('contract_value', 'Contract value', { description: 'Yearly, in the company currency' }),
    date('contract_start', 'Contract start'),
    select('contract_status', 'Contract status', ['draft', 'active', 'ended', 'terminated']),
    number('notice_period_days', 'Notice period (days)'),
    bool('auto_renewal', 'Renews by itself'),
    date('notice_given_on', 'Notice given on'),
    number('seats_bought', 'Seats bought'),
    number('seats_used', 'Seats used'),
    number('usage_events', 'Usage events last period'),
    date('usage_period', 'Usage period began on'),
    bool('test_account', 'Test account'),
  ],
  contacts: [text('contact_role', 'Role in the account')],
  deals: [
    text('lead_source', 'Lead source'),
    text('referred_by_contact', 'Referred by (contact record ID)'),
    select('deal_motion', 'Motion', { new: 'New', renewal: 'Renewal', expansion: 'Expansion' }),
  ],
  line_items: [
    date('promised_date', 'Promised on'),
    date('shipped_date', 'Shipped on'),
    date('delivered_date', 'Delivered on'),
    date('accepted_date', 'Accepted on'),
    number('delivered_quantity', 'Delivered quantity'),
    number('accepted_quantity', 'Accepted quantity'),
    select('line_kind', 'Kind', { goods: 'Goods', service: 'Service' }),
  ],
  orders: [date('ordered_on', 'Ordered on'), date('promised_date', 'Promised on'), date('shipped_date', 'Shipped on')],
  tickets: [bool('escalated', 'Escalated')],
};
