import { CONFLICT_TABLE, FRAUD_CHECKS, REASONS, REWARD_TABLE, TRANSITIONS } from '@holdfast/core';

const generated = (source: string) => `<!-- Generated from ${source}; do not edit by hand: run \`pnpm docs\`. -->\n`;
const words = (name: string) => name.replaceAll('_', ' ');

/** The published tables of the referral engine, by their path in docs/: what is printed is what runs. */
export function referralPages(): Record<string, string> {
  return {
    'referrals/conflict-table.md': conflictPage(),
    'referrals/states.md': statesPage(),
    'referrals/fraud-checks.md': checksPage(),
  };
}

function conflictPage(): string {
  const rows = CONFLICT_TABLE.map((it, place) => `| ${place + 1} | ${it.case} | ${it.result} | ${it.record} |`);
  return `${generated('packages/core/src/referral/attribution/conflict-table.ts')}# Who is credited when claims clash

Evidence decides before time, credit is decided when the sale is won, and a decision is never edited: a later one is a new version beside it. Every row is tested under its own title.

| | case | who is credited | what is put on record |
|---|---|---|---|
${rows.join('\n')}
`;
}

function statesPage(): string {
  const claims = table(TRANSITIONS);
  const rewards = table(REWARD_TABLE);
  const reasons = Object.entries(REASONS).map(([code, it]) => `| \`${code}\` | ${it.staff} | ${it.referrer} |`);
  return `${generated('transitions.ts, reward-table.ts and reason-code.ts in packages/core/src/referral')}# States, steps and reasons

What is not in a table is refused, with a reason, and leaves the record as it was.

## Claims

| state | what happens -> the state after it |
|---|---|
${claims.join('\n')}

## Rewards

| state | step -> the state after it |
|---|---|
${rewards.join('\n')}

## Reasons

Every step and every refusal carries one of these. The referrer is told the last column and a day, and nothing else: a refusal must not tell that somebody is a customer, or was erased.

| code | for staff, with the next step | for the referrer |
|---|---|---|
${reasons.join('\n')}
`;
}

function table(rows: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>): readonly string[] {
  return Object.entries(rows).map(([state, row]) => {
    const steps = Object.entries(row).map(([event, to]) => `${words(event)} -> ${words(to ?? '')}`);
    return `| ${words(state)} | ${steps.join('; ') || 'the end'} |`;
  });
}

function checksPage(): string {
  const rows = FRAUD_CHECKS.map(({ id, title, from, about, action, severity, expiresAfterDays }) => {
    return `| \`${id}\` | ${title} | ${from} | the ${about} | ${words(action)} | ${severity} | ${expiresAfterDays} |`;
  });
  const parts = FRAUD_CHECKS.map(({ id, explanation, appeal, ifWrong }) => {
    return `### \`${id}\`\n\n${explanation}\n\nAppeal: ${appeal} When the finding is wrong: ${ifWrong}`;
  });
  return `${generated('packages/core/src/referral/fraud/fraud-checks.ts')}# The checks against fraud and abuse

Eighteen, each with what it reads and what it does. Claims are checked on what the book holds on the day on which they are read or submitted, and on what the journal says when they are taken; rewards when they are given, and again every day until they are settled or a person has approved them.

- What is found goes into the journal with the claim, as record ids, counts and keyed digests. \`holdfast referrals explain CLAIM\` shows it to staff: what was found, until when it counts, how it is appealed. The referrer sees the neutral sentence of any other refusal or wait.
- \`holdfast referrals clear CLAIM --check ID --why TEXT\` lifts a finding for that claim: a claim that it refused is taken up again in its old place, one under review can be confirmed, a reward that it held goes on. A loop within a program and too large an amount are not lifted so: correct the earlier referral, approve the reward.
- A check that fails to run stops no claim: the reward waits for a person.
- A program switches a check off with \`checksOff\`, for everybody or for one participant, and says otherwise with \`checkSettings\`: another action, other limits, sources that it does not take. Oneself by the same record and loops within a program are refused whatever is switched off.
- What is not known is not held against anybody: no CRM keeps devices or the click's parameters (\`submit --facts\` brings them), telephones are not read, HubSpot does not date its links between contacts.

| check | looks for | reads | speaks about | does | severity | days |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## What each says, and how it is appealed

${parts.join('\n\n')}
`;
}
