import {
  ADVOCATE_STATUSES,
  CONFIDENCES,
  CONFIRMATIONS,
  HEALTH_BANDS,
  MAIN_REASONS,
  MANAGER_VIEWS,
  REFERRAL_CREDITS,
  REFERRAL_STATES,
  REWARD_STATES,
} from '@holdfast/core';
import type { HubSpotEmulator } from '@holdfast/sandbox';

type Definition = readonly [name: string, type: string, fieldType: string, options?: readonly string[]];

/** What `install` leaves in a portal, spelled by hand from the published field table. */
const INSTALLED: Readonly<Record<string, readonly Definition[]>> = {
  companies: [
    ['holdfast_health_score', 'number', 'number'],
    ['holdfast_health_band', 'enumeration', 'select', HEALTH_BANDS],
    ['holdfast_band_since', 'date', 'date'],
    ['holdfast_main_reason', 'enumeration', 'select', MAIN_REASONS],
    ['holdfast_reasons', 'string', 'textarea'],
    ['holdfast_next_step', 'string', 'text'],
    ['holdfast_revenue_at_risk', 'number', 'number'],
    ['holdfast_churn_probability', 'number', 'number'],
    ['holdfast_confidence', 'enumeration', 'select', CONFIDENCES],
    ['holdfast_excluded', 'bool', 'booleancheckbox', ['true', 'false']],
    ['holdfast_manager_view', 'enumeration', 'select', MANAGER_VIEWS],
  ],
  contacts: [
    ['holdfast_advocate_status', 'enumeration', 'select', ADVOCATE_STATUSES],
    ['holdfast_last_asked_on', 'date', 'date'],
    ['holdfast_referrals_won', 'number', 'number'],
    ['holdfast_do_not_ask', 'bool', 'booleancheckbox', ['true', 'false']],
  ],
  deals: [
    ['holdfast_referral_state', 'enumeration', 'select', REFERRAL_STATES],
    ['holdfast_referral_credit', 'enumeration', 'select', REFERRAL_CREDITS],
  ],
  tasks: [['holdfast_key', 'string', 'text']],
  // where notes are switched on
  notes: [['holdfast_key', 'string', 'text']],
};

/** Puts our properties into an emulated portal, past the adapter. */
export function installByHand(emulator: HubSpotEmulator): void {
  for (const [object, definitions] of Object.entries(INSTALLED)) {
    for (const [name, type, fieldType, options = []] of definitions) {
      post(emulator, `/crm/properties/2026-03/${object}`, {
        ...{ name, type, fieldType, label: name, groupName: groupOf(emulator, object) },
        hasUniqueValue: name === 'holdfast_key',
        options: options.map((value) => ({ value, label: value })),
      });
    }
  }
}

/** The properties of the object that `install` makes in an Enterprise portal. */
const REFERRAL: readonly Definition[] = [
  ['holdfast_key', 'string', 'text'],
  ['state', 'enumeration', 'select', REFERRAL_STATES],
  ['credit', 'enumeration', 'select', REFERRAL_CREDITS],
  ['claimed_on', 'date', 'date'],
  ['protected_until', 'date', 'date'],
  ['decision_reason', 'string', 'text'],
  ['policy_version', 'string', 'text'],
  ['reward_state', 'enumeration', 'select', REWARD_STATES],
  ['reward_amount', 'number', 'number'],
  ['advocate_confirmed', 'enumeration', 'select', CONFIRMATIONS],
  ['prospect_confirmed', 'enumeration', 'select', CONFIRMATIONS],
];

/** Makes the object with its labels, past the adapter. */
export function installReferralsByHand(emulator: HubSpotEmulator): void {
  post(emulator, '/crm-object-schemas/2026-03/schemas', {
    name: 'holdfast_referral',
    labels: { singular: 'Holdfast referral', plural: 'Holdfast referrals' },
    requiredProperties: ['holdfast_key'],
    associatedObjects: ['CONTACT', 'COMPANY', 'DEAL'],
    properties: REFERRAL.map(([name, type, fieldType, options = []]) => ({
      ...{ name, type, fieldType, label: name, hasUniqueValue: name === 'holdfast_key' },
      options: options.map((value) => ({ value, label: value })),
    })),
  });
  for (const [object, label] of [
    ['contacts', 'Advocate'],
    ['contacts', 'Prospect'],
    ['companies', 'Advocate account'],
    ['companies', 'Prospect account'],
  ])
    post(emulator, `/crm/associations/2026-03/p_holdfast_referral/${object}/labels`, { name: label, label });
}

/** One call of the emulated API, as an administrator's script would make it; throws when it is refused. */
export function post(emulator: HubSpotEmulator, path: string, body: object): Record<string, unknown> {
  const response = emulator.handle({
    method: 'POST',
    path,
    query: new URLSearchParams(),
    headers: { authorization: 'Bearer sandbox-token', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status >= 300) throw new Error(`${path}: ${response.status} ${String(response.body)}`);
  return JSON.parse(String(response.body)) as Record<string, unknown>;
}

function groupOf(emulator: HubSpotEmulator, object: string): string {
  const response = emulator.handle({
    method: 'GET',
    path: `/crm/properties/2026-03/${object}/groups`,
    query: new URLSearchParams(),
    headers: { authorization: 'Bearer sandbox-token' },
    body: '',
  });
  const { results } = JSON.parse(String(response.body)) as { results: { name: string }[] };
  return results[0]?.name ?? '';
}
