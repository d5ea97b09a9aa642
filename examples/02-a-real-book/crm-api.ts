import { APP } from './play-crm.ts';

/** What a CRM holds of one account in the fields that Holdfast wrote; `null` where a field is empty. */
export interface WrittenScore {
  readonly id: string;
  readonly healthScore: number | null;
  readonly band: string | null;
  readonly mainReason: string | null;
  readonly reasons: string | null;
  readonly nextStep: string | null;
}

/** Reads the written scores of every account by the CRM's own REST API, with nothing of Holdfast in between. */
export const READ_SCORES = { hubspot: readHubSpot, salesforce: readSalesforce } as const;

interface CompanyPage {
  readonly results: readonly { readonly id: string; readonly properties: Readonly<Record<string, string | null>> }[];
  readonly paging?: { readonly next?: { readonly after: string } };
}

/** https://developers.hubspot.com/docs/api-reference/crm-companies-v3/basic/get-crm-v3-objects-companies */
async function readHubSpot(origin: string): Promise<readonly WrittenScore[]> {
  const names = ['health_score', 'health_band', 'main_reason', 'reasons', 'next_step'];
  const properties = names.map((name) => `holdfast_${name}`).join(',');
  const scores: WrittenScore[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const query = new URLSearchParams({ limit: '50', properties, ...(after && { after }) });
    const url = `${origin}/crm/v3/objects/companies?${query}`;
    const page: CompanyPage = await getJson(url, { authorization: 'Bearer sandbox-token' });
    for (const { id, properties } of page.results) {
      const [score, band, mainReason, reasons, nextStep] = names.map((name) => properties[`holdfast_${name}`] ?? null);
      const healthScore = score == null ? null : Number(score);
      scores.push(written(`company:${id}`, healthScore, band, mainReason, reasons, nextStep));
    }
    after = page.paging?.next?.after;
  }
  return scores;
}

interface QueryPage {
  readonly records: readonly Readonly<Record<string, string | number | null>>[];
  readonly nextRecordsUrl?: string;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm */
async function readSalesforce(origin: string): Promise<readonly WrittenScore[]> {
  const form = { grant_type: 'client_credentials', client_id: APP.clientId, client_secret: APP.clientSecret };
  const login = await fetch(`${origin}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const names = ['Health_Score', 'Health_Band', 'Main_Reason', 'Reasons', 'Next_Step'];
  const soql = `SELECT Id, ${names.map((name) => `Holdfast_${name}__c`).join(', ')} FROM Account`;
  const scores: WrittenScore[] = [];
  let path: string | undefined = `/services/data/v66.0/query?${new URLSearchParams({ q: soql })}`;
  while (path !== undefined) {
    const page: QueryPage = await getJson(`${origin}${path}`, { authorization: `Bearer ${token}` });
    for (const row of page.records) {
      const [score, ...texts] = names.map((name) => row[`Holdfast_${name}__c`] ?? null);
      const [band, mainReason, reasons, nextStep] = texts.map((text) => (text === null ? null : String(text)));
      scores.push(
        written(`Account:${row['Id']}`, score == null ? null : Number(score), band, mainReason, reasons, nextStep),
      );
    }
    path = page.nextRecordsUrl;
  }
  return scores;
}

function written(id: string, healthScore: number | null, ...texts: readonly (string | null | undefined)[]) {
  const [band = null, mainReason = null, reasons = null, nextStep = null] = texts;
  return { id, healthScore, band, mainReason, reasons, nextStep };
}

async function getJson<T>(url: string, headers: Readonly<Record<string, string>>): Promise<T> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
