import { APPEAL, fraudCheck } from '../fraud-check.ts';
import { shared } from '../identity/identity-keys.ts';

/** Both sides came from one hashed address or device; looks only where somebody gave such hashes. */
export const sameDevice = fraudCheck({
  id: 'same_device',
  title: 'Same address or device',
  inputs: ['devices'],
  from: 'no CRM field: only what is given beside the claim',
  about: 'claim',
  action: 'flag',
  severity: 'low',
  reason: 'fraud_check',
  explanation: 'Referrer and referred used the same network address or device.',
  appeal: APPEAL,
  ifWrong: 'Nothing: an office, a fair or a household shares one address.',
  expiresAfterDays: 30,
  find({ devices }) {
    const hash = devices && shared(devices.referrer, devices.referred);
    return hash ? { evidence: { hash } } : null;
  },
});
