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
  const rows = FRAUD_CHECKS.map(({ id, title, inputs, about, action, severity, expiresAfterDays }) => {
    return `| \`${id}\` | ${title} | ${inputs.join(', ')} | the ${about} | ${words(action)} | ${severity} | ${expiresAfterDays} |`;
  });
  const parts = FRAUD_CHECKS.map(({ id, explanation, appeal, ifWrong }) => {
    return `### \`${id}\`\n\n${explanation}\n\nAppeal: ${appeal} When the finding is wrong: ${ifWrong}`;
  });
  return `${generated('packages/core/src/referral/fraud/fraud-checks.ts')}# The checks against fraud and abuse

Eighteen, each with what it reads and what it does. A check that fails to run stops no claim: the reward waits for a person. A program switches one off for everybody or for one participant with \`checksOff\`.

| check | looks for | reads | speaks about | does | severity | days |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## What each says, and how it is appealed

${parts.join('\n\n')}
`;
}
