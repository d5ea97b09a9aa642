import type { EntityName } from '../model/types.ts';
import {
  ADVOCATE_STATUSES,
  CONFIDENCES,
  HEALTH_BANDS,
  MAIN_REASONS,
  MANAGER_VIEWS,
  REFERRAL_CREDITS,
  REFERRAL_STATES,
} from '../model/values.ts';

export type OwnedFieldType =
  | { readonly kind: 'number'; readonly digits: number }
  | { readonly kind: 'select'; readonly options: readonly string[] }
  | { readonly kind: 'day' }
  | { readonly kind: 'text'; readonly length: number }
  | { readonly kind: 'long-text'; readonly length: number }
  | { readonly kind: 'money' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'checkbox' }
  | { readonly kind: 'key'; readonly length: number };

/**
 * One field that Holdfast creates in a CRM that keeps records of its entity. The API names are public and do not change.
 */
export interface OwnedField {
  readonly entity: Extract<EntityName, 'account' | 'contact' | 'opportunity' | 'lead' | 'task'>;
  /** The domain field; adapters derive the vendor's name from `stem`. */
  readonly field: string;
  readonly stem: string;
  readonly label: string;
  readonly help: string;
  readonly type: OwnedFieldType;
  /** The set that fits a free portal. */
  readonly minimal: boolean;
  /** Who writes it: Holdfast, or people only. */
  readonly writer: 'holdfast' | 'people';
}

type Row = readonly [OwnedField['entity'], string, string, string, string, OwnedFieldType, ('L0' | 'P' | 'L0P')?];

const rows: readonly Row[] = [
  [
    'account',
    'healthScore',
    'health_score',
    'health score',
    '0 to 100, higher is better; empty means not scored',
    { kind: 'number', digits: 3 },
    'L0',
  ],
  [
    'account',
    'healthBand',
    'health_band',
    'health band',
    'Build lists and flows on this, not on the score',
    { kind: 'select', options: HEALTH_BANDS },
    'L0',
  ],
  ['account', 'bandSince', 'band_since', 'band since', 'Day the band last changed', { kind: 'day' }],
  [
    'account',
    'mainReason',
    'main_reason',
    'main reason',
    'Strongest driver, for grouping',
    { kind: 'select', options: MAIN_REASONS },
  ],
  [
    'account',
    'reasons',
    'reasons',
    'reasons',
    'Up to five drivers, signed, and what changed',
    { kind: 'long-text', length: 2000 },
    'L0',
  ],
  ['account', 'nextStep', 'next_step', 'next step', 'Proposed action; yours to decide', { kind: 'text', length: 255 }],
  [
    'account',
    'revenueAtRisk',
    'revenue_at_risk',
    'revenue at risk',
    'Model estimate, not a forecast',
    { kind: 'money' },
  ],
  [
    'account',
    'churnProbability',
    'churn_probability',
    'churn probability',
    'Written only once the accuracy card passes; horizon in Reasons',
    { kind: 'percent' },
  ],
  [
    'account',
    'confidence',
    'confidence',
    'confidence',
    'From coverage and outcomes used',
    { kind: 'select', options: CONFIDENCES },
  ],
  ['account', 'excluded', 'excluded', ': leave out', 'Tick: no score, task or ask', { kind: 'checkbox' }, 'L0P'],
  [
    'account',
    'managerView',
    'manager_view',
    "manager's view",
    'Your judgement; a capped driver',
    { kind: 'select', options: MANAGER_VIEWS },
    'P',
  ],
  [
    'contact',
    'advocateStatus',
    'advocate_status',
    'advocate status',
    'Place in the programme',
    { kind: 'select', options: ADVOCATE_STATUSES },
  ],
  ['contact', 'lastAskedOn', 'last_asked_on', 'last asked on', 'Cool-down counts from here', { kind: 'day' }],
  ['contact', 'referralsWon', 'referrals_won', 'referrals won', 'Credited and won', { kind: 'number', digits: 6 }],
  ['contact', 'doNotAsk', 'do_not_ask', ': do not ask', 'Never ask for referrals', { kind: 'checkbox' }, 'P'],
  [
    'opportunity',
    'referralState',
    'referral_state',
    'referral state',
    'Where the claim stands',
    { kind: 'select', options: REFERRAL_STATES },
    'L0',
  ],
  [
    'opportunity',
    'referralCredit',
    'referral_credit',
    'referral credit',
    'Decided at conversion',
    { kind: 'select', options: REFERRAL_CREDITS },
  ],
  [
    'lead',
    'referralState',
    'referral_state',
    'referral state',
    'Where the claim stands',
    { kind: 'select', options: REFERRAL_STATES },
  ],
  ['task', 'key', 'key', 'key', 'Do not edit', { kind: 'key', length: 64 }],
];

/** Every field that Holdfast owns; nothing outside this list is ever written. */
export const OWNED_FIELDS: readonly OwnedField[] = rows.map(([entity, field, stem, label, help, type, marks = '']) => ({
  entity,
  field,
  stem,
  label: label.startsWith(':') ? `Holdfast${label}` : `Holdfast ${label}`,
  help,
  type,
  minimal: marks.startsWith('L0'),
  writer: marks.endsWith('P') ? 'people' : 'holdfast',
}));
