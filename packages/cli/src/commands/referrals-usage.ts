import type { CommandInput } from '../commands.ts';
import { UserError } from '../failure.ts';

/** What each part of `holdfast referrals` takes: an argument, options that it needs, and options that it may have. */
export const REFERRAL_WORK = {
  list: { argument: null, needs: [], may: ['names'] },
  ask: { argument: null, needs: [], may: ['program', 'names', 'note', 'trigger', 'channel', 'on', 'outcome', 'by'] },
  participant: {
    argument: 'CONTACT',
    needs: [],
    may: ['program', 'status', 'since', 'terms', 'permission', 'role', 'segment', 'country', 'by'],
  },
  code: { argument: 'CONTACT', needs: [], may: ['program', 'uses', 'until', 'withdraw', 'by'] },
  submit: {
    argument: null,
    needs: ['party'],
    may: ['advocate', 'program', 'channel', 'code', 'introduced', 'consent', 'facts'],
  },
  decide: { argument: 'OPPORTUNITY', needs: ['to', 'role', 'why'], may: ['program', 'approvedBy', 'by'] },
  dispute: { argument: 'OPPORTUNITY', needs: ['to', 'why'], may: ['by'] },
  appeal: { argument: 'OPPORTUNITY', needs: ['why'], may: ['program', 'by'] },
  rule: { argument: 'OPPORTUNITY', needs: ['why'], may: ['to', 'program', 'by'] },
  refund: { argument: 'OPPORTUNITY', needs: ['amount'], may: ['on'] },
  elsewhere: { argument: 'OPPORTUNITY', needs: ['why'], may: ['on', 'by'] },
  confirm: { argument: 'CLAIM', needs: ['why'], may: ['by'] },
  withdraw: { argument: 'CLAIM', needs: ['why'], may: ['by'] },
  disqualify: { argument: 'CLAIM', needs: ['why'], may: ['by'] },
  notify: { argument: 'CLAIM', needs: [], may: ['by'] },
  clear: { argument: 'CLAIM', needs: ['check', 'why'], may: ['by'] },
  approve: { argument: 'REWARD', needs: [], may: ['why', 'by'] },
  reject: { argument: 'REWARD', needs: ['why'], may: ['by'] },
  fulfil: { argument: 'REWARD', needs: ['why'], may: ['by'] },
  ledger: { argument: null, needs: [], may: ['party', 'names'] },
  payee: { argument: 'PARTY', needs: ['from'], may: [] },
  settle: { argument: null, needs: ['program', 'month'], may: ['payees', 'withVault', 'by'] },
  statement: { argument: 'ADVOCATE-OR-ACCOUNT', needs: ['month'], may: ['all', 'names'] },
  explain: { argument: 'CLAIM', needs: [], may: ['forReferrer'] },
  graph: { argument: null, needs: [], may: ['names'] },
} as const satisfies Readonly<
  Record<
    string,
    { readonly argument: string | null; readonly needs: readonly string[]; readonly may: readonly string[] }
  >
>;
export type ReferralWork = keyof typeof REFERRAL_WORK;

/** Options of every command; they say nothing about the work. */
const COMMON = ['workspace', 'json', 'quiet'];

/** Which part is asked for, its argument and its options; anything that does not belong to it is wrong usage. */
export function referralUsage({ positional, options }: Pick<CommandInput, 'positional' | 'options'>): {
  readonly work: ReferralWork;
  readonly about: string;
  readonly option: (name: string) => string | undefined;
} {
  const [name = '', about = ''] = positional;
  if (!isWork(name)) throw usage(`"${name}" is no part of it: choose one of ${Object.keys(REFERRAL_WORK).join(', ')}.`);
  const { argument, needs, may } = REFERRAL_WORK[name];
  const isOfAll = options['all'] === true;
  if (argument !== null && about === '' && !isOfAll) throw usage(`${name} needs ${argument}.`);
  if (about !== '' && isOfAll) throw usage(`${name} takes either "${about}" or --all.`);
  if (argument === null && about !== '') throw usage(`${name} takes no argument, but "${about}" was given.`);
  const given = Object.keys(options).filter((it) => options[it] !== undefined && !COMMON.includes(it));
  const known: readonly string[] = [...needs, ...may];
  const stray = given.find((it) => !known.includes(it));
  if (stray !== undefined) throw usage(`${flag(stray)} does not belong to ${name}.`);
  const missing = needs.find((it) => !given.includes(it));
  if (missing !== undefined) throw usage(`${name} needs ${flag(missing)}.`);
  const option = (it: string) => (typeof options[it] === 'string' ? options[it] : undefined);
  return { work: name, about, option };
}

function isWork(name: string): name is ReferralWork {
  return name in REFERRAL_WORK;
}

function flag(option: string): string {
  return `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Wrong usage of this command. */
export function usage(message: string): UserError {
  return new UserError('usage', `holdfast referrals: ${message}`, 2);
}
