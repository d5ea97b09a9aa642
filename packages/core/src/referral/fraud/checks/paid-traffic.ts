import { EVIDENCE_CLASSES } from '../../entities/evidence-class.ts';
import { APPEAL, fraudCheck } from '../fraud-check.ts';
import { hostOf } from '../identity/account-domain.ts';

/** Parameters that advertising networks add to a paid click. Left out: `fbclid`, which unpaid links carry too. */
const AD_PARAMETERS = 'gclid gbraid wbraid dclid gad_source msclkid ttclid twclid li_fat_id rdt_cid sccid'.split(' ');
/** A medium, or the CRM's own word for a source: HubSpot's PAID_SEARCH and PAID_SOCIAL, Salesforce's Advertisement. */
const PAID = /^(cpc|ppc|cpm|cpv|cpa|display|banner|retargeting|paid.*|advert.*)$/;

/** The party came from an advertisement (told), or from a source that the program bans (refused where only a click speaks for the claim). */
export const paidTraffic = fraudCheck({
  id: 'paid_traffic',
  title: 'Paid advertisement or banned source',
  inputs: ['program', 'claim', 'source'],
  from: "the opportunity's source; parameters and host of a click where they are given",
  about: 'claim',
  action: 'flag',
  severity: 'low',
  reason: 'fraud_check',
  explanation: 'The party came from a paid advertisement, not from an introduction.',
  appeal: APPEAL,
  ifWrong: 'Take evidence of the introduction itself, such as the mail or the meeting, to the claim.',
  expiresAfterDays: 30,
  find({ program, claim, source }) {
    if (!source) return null;
    const host = hostOf(source.referrerHost ?? '');
    const named = (source.named ?? '').trim().toLowerCase();
    const banned = program.checkSettings?.bannedSources?.find((it) => {
      const source = hostOf(it) ?? it;
      return host === source || host?.endsWith(`.${source}`) || named === it.trim().toLowerCase();
    });
    if (banned !== undefined) {
      const explanation = 'The party came from a source that the program does not take.';
      const weak = EVIDENCE_CLASSES.indexOf(claim.evidence) >= EVIDENCE_CLASSES.indexOf('click');
      return { explanation, evidence: { source: banned }, ...(weak && { action: 'block', severity: 'medium' }) };
    }
    const names = new Map(Object.entries(source.parameters).map(([name, value]) => [name.toLowerCase(), value]));
    const parameter = AD_PARAMETERS.find((it) => names.has(it));
    if (parameter) return { evidence: { parameter } };
    if (PAID.test(names.get('utm_medium')?.toLowerCase() ?? '')) return { evidence: { parameter: 'utm_medium' } };
    return PAID.test(named) ? { evidence: { source: named } } : null;
  },
});
