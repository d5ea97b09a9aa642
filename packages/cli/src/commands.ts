import type { Io, Outcome } from './io.ts';

export interface CommandInput {
  readonly positional: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The workspace folder, as given. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly io: Io;
}

export type RunCommand = (input: CommandInput) => Promise<Outcome>;

/** One command as data; its code is loaded only when it runs. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  readonly arguments?: readonly { readonly name: string; readonly help: string }[];
  readonly options?: readonly (readonly [flags: string, help: string, fallback?: string])[];
  readonly load: () => Promise<RunCommand>;
}

/** Every command, in the order of a first day. */
export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'demo',
    summary: 'the whole way on a local HubSpot and a local Salesforce, with a made-up book',
    example: 'holdfast demo --accounts 500',
    options: [
      ['--accounts <n>', 'size of the book', '2000'],
      ['--seed <n>', 'seed of the made-up book', '1'],
      ['--crm <name>', 'only this one'],
    ],
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  {
    name: 'sandbox',
    summary: 'run a local CRM to try things on, on loopback only',
    example: 'holdfast sandbox hubspot --port 8080',
    arguments: [{ name: '<crm>', help: 'hubspot or salesforce' }],
    options: [
      ['--port <n>', 'port on loopback; 0 for any free one', '0'],
      ['--book <dir>', 'a folder of CSV files in the book format, in place of the made-up book'],
      ['--accounts <n>', 'size of the made-up book', '2000'],
      ['--seed <n>', 'seed of the made-up book', '1'],
      [
        '--tier <tier>',
        'free, starter, professional, enterprise (HubSpot) or developer, professional, enterprise, unlimited (Salesforce)',
      ],
    ],
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
  {
    name: 'book',
    summary: 'make up a book of business as CSV files, with what really happens beside it',
    example: 'holdfast book --out my-book --accounts 500 --seed 7',
    options: [
      ['--out <dir>', 'a new folder'],
      ['--accounts <n>', 'size of the book', '2000'],
      ['--seed <n>', 'the same seed makes the same book', '1'],
      ['--as-of <when>', 'the instant, or the day in UTC, that the book ends at; now when left out'],
    ],
    load: async () => (await import('./commands/book.ts')).book,
  },
  {
    name: 'init',
    summary: 'connect to your CRM and confirm which accounts are the book; writes nothing there',
    example: 'HUBSPOT_TOKEN=... holdfast init hubspot',
    arguments: [{ name: '[crm]', help: 'hubspot or salesforce' }],
    options: [
      ['--yes', 'confirm the proposed book without asking'],
      ['--answers <file>', 'a JSON file with the meanings that could not be proposed'],
    ],
    load: async () => (await import('./commands/init.ts')).init,
  },
  {
    name: 'check',
    summary: 'credentials, permissions, fields and the book against the live CRM',
    example: 'holdfast check --json',
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'install',
    summary: 'create the fields that Holdfast writes (shows the plan; --apply acts)',
    example: 'holdfast install --apply',
    options: [
      ['--apply', 'do it'],
      ['--out <dir>', 'write the fields as a project of source files instead (Salesforce)'],
    ],
    load: async () => (await import('./commands/install.ts')).install,
  },
  {
    name: 'uninstall',
    summary: 'export what Holdfast wrote, then remove its fields (shows the plan; --apply acts)',
    example: 'holdfast uninstall --apply',
    options: [['--apply', 'do it']],
    load: async () => (await import('./commands/uninstall.ts')).uninstall,
  },
  {
    name: 'pull',
    summary: 'read what changed since the last time into the local store',
    example: 'holdfast pull',
    options: [
      ['--full', 'read everything again'],
      ['--history', 'read the history of fields too, as far as the CRM keeps it: backtest then knows more of the past'],
      ['--accept-shrink', 'a fifth or more of the records is truly gone: drop them'],
      [
        '--clock-was-ahead',
        "this machine's clock was ahead and is right now: set right what lies ahead, and read everything again",
      ],
      [
        '--new-key',
        'the key of the workspace is lost and in no backup: go on with a new one, and read everything again',
      ],
    ],
    load: async () => (await import('./commands/pull.ts')).pullCommand,
  },
  {
    name: 'score',
    summary: 'score every account of the book from the store',
    example: 'holdfast score --json',
    options: [
      [
        '--as-of <when>',
        'as things stood then: an instant, or the end of a day; default is the start of the last pull',
      ],
    ],
    load: async () => (await import('./commands/score.ts')).score,
  },
  {
    name: 'backtest',
    summary: 'hold the scores against who really left: the accuracy card',
    example: 'holdfast backtest --lead 60',
    options: [
      ['--lead <days>', 'see each account so many days before its decision; 30 when left out'],
      [
        '--as-of <when>',
        'as things were known then: an instant, or the end of a day; default is the start of the last pull',
      ],
      ['--adopt', 'take the models that ran in shadow into use'],
    ],
    load: async () => (await import('./commands/backtest.ts')).backtest,
  },
  {
    name: 'forecast',
    summary: 'renewals by month: committed, likely, at risk; what the book may lose in a year',
    example: 'holdfast forecast --json',
    options: [
      [
        '--as-of <when>',
        'as things stood then: an instant, or the end of a day; default is the start of the last pull',
      ],
    ],
    load: async () => (await import('./commands/forecast.ts')).forecast,
  },
  {
    name: 'actions',
    summary: 'what to do next, by expected value; log what was done, hold accounts out, measure what acting did',
    example: 'holdfast actions --log company:1234 --what daysSinceTouch',
    options: [
      ['--log <account>', 'somebody acted on this account: id or exact name'],
      ['--what <driver>', 'the driver that was acted on'],
      ['--on <day>', 'on which day; today when left out'],
      ['--hold-out <share>', 'draw such a share of the accounts to be left alone, to measure by'],
      ['--effect', 'what acting did, told by the accounts that were left alone'],
    ],
    load: async () => (await import('./commands/actions.ts')).actions,
  },
  {
    name: 'explain',
    summary: 'why one account has its score, driver by driver',
    example: 'holdfast explain company:1234',
    arguments: [{ name: '<account>', help: 'id or exact name' }],
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'referrals',
    summary: 'who referred whom, and what became of it; claims, decisions, rewards, payouts and statements',
    example: 'holdfast referrals statement company:7 --month 2026-10',
    arguments: [
      {
        name: '[what]',
        help: 'list, ask, participant, code, submit, decide, dispute, appeal, rule, refund, elsewhere, confirm, withdraw, disqualify, clear, notify, approve, reject, fulfil, ledger, payee, settle, statement, explain or graph; list when left out',
      },
      { name: '[id]', help: 'the claim, opportunity, reward or party that it is about' },
    ],
    options: [
      ['--names', 'show the names of contacts'],
      ['--note <contact>', 'ask: this person was asked'],
      ['--trigger <trigger>', 'ask --note: why then; that of the proposal when left out'],
      [
        '--channel <channel>',
        'ask --note: call, mail, meeting or other; submit: introduction, form, partner or link; introduction when left out',
      ],
      ['--on <day>', 'ask --note, refund, elsewhere: the day; today when left out'],
      ['--outcome <outcome>', 'ask --note: what came of it, accepted, declined or ignored'],
      ['--status <status>', 'participant: invited, active, suspended or left'],
      ['--since <day>', 'participant: from which day on; from now on when left out'],
      ['--terms <version>', 'participant: they accepted the current terms'],
      ['--permission <yes|no>', 'participant: their employer permits rewards to the person'],
      ['--segment <segment>', 'participant: private, public_sector or health_care'],
      ['--country <country>', 'participant: of tax residence, two letters'],
      ['--uses <n>', 'code: how often it may be used; without limit when left out'],
      ['--until <day>', 'code: the last day on which it is valid; without end when left out'],
      ['--withdraw <code>', 'code: end this one instead'],
      ['--advocate <contact>', 'submit: who introduced the party; whose the code is when left out'],
      ['--party <id>', 'submit: the account, contact or lead that was introduced; ledger: whose entries'],
      ['--program <id>', 'submit, settle and others: of which program; the only one when left out'],
      ['--code <code>', 'submit: the code that was given'],
      ['--introduced <day>', 'submit: the day of the introduction; today when left out'],
      [
        '--consent <basis>',
        'submit: introduced_in_person, own_request, consent, legitimate_interest or none; by the channel when left out',
      ],
      ['--amount <amount>', 'refund: what was given back of the sale, in its currency, such as 250.00'],
      ['--facts <file>', 'submit: a JSON file of what the form knew for the checks: devices of both sides, the click'],
      ['--to <claim>', 'decide, dispute, rule: the claim that is to have the credit, or nobody'],
      [
        '--role <role>',
        'decide: as what you decide; participant: customer, partner, employee, account_manager or other',
      ],
      ['--why <text>', 'the reason, without names'],
      ['--by <owner>', 'who does it; operator when left out'],
      ['--check <id>', 'clear: the check, as explain lists it'],
      ['--approved-by <owner>', 'decide: the second person'],
      ['--month <month>', 'settle, statement: such as 2026-01'],
      [
        '--from <file>',
        'payee: a JSON file with name, address, account, tax number, country, tax form, sanctions check',
      ],
      ['--all', 'statement: of everybody who was owed anything, instead of one party'],
      [
        '--payees <file>',
        'settle: a JSON file with country, tax form and sanctions check by party id, in place of the vault of payees',
      ],
      ['--with-vault', 'settle: a second export that names who is paid, for whoever pays'],
      ['--for-referrer', 'explain: only what the referrer may be told'],
    ],
    load: async () => (await import('./commands/referrals.ts')).referrals,
  },
  {
    name: 'plan',
    summary: 'what would be written into the CRM, and why',
    example: 'holdfast plan',
    load: async () => (await import('./commands/plan.ts')).plan,
  },
  {
    name: 'apply',
    summary: 'write the last plan into the CRM; edits made meanwhile are left alone',
    example: 'holdfast apply',
    options: [['--plan <file>', 'another plan file']],
    load: async () => (await import('./commands/apply.ts')).apply,
  },
  {
    name: 'run',
    summary: 'pull, score, plan, and apply as far as the stage of trust allows',
    example: 'holdfast run',
    options: [['--attended', 'a person is watching: do not stop at the guards of unattended runs']],
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'trust',
    summary: 'move the stage of trust: observe, write, act; shows what that would have written',
    example: 'holdfast trust write',
    arguments: [{ name: '<stage>', help: 'observe, write or act' }],
    load: async () => (await import('./commands/trust.ts')).trust,
  },
  {
    name: 'undo',
    summary: 'put back the values that a run wrote, where nobody has changed them since',
    example: 'holdfast undo 2026-11-22T0900-3f2a',
    arguments: [{ name: '<run>', help: 'id of the run' }],
    load: async () => (await import('./commands/undo.ts')).undo,
  },
  {
    name: 'forget',
    summary: 'erase a person from store, referral journal, runs and report',
    example: 'holdfast forget contact:55',
    arguments: [{ name: '<contact>', help: 'id of the contact or lead, or an address' }],
    options: [
      ['--email <address>', 'another address of the person, to be found in texts and known again'],
      ['--phone <number>', 'a number of the person; numbers of contacts are never read'],
    ],
    load: async () => (await import('./commands/forget.ts')).forget,
  },
  {
    name: 'report',
    summary: 'one self-contained HTML page: the book by risk and value, reasons, referrals',
    example: 'holdfast report --out report.html',
    options: [
      ['--out <file>', 'where to write it'],
      ['--names', 'show the names of contacts'],
    ],
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'schedule',
    summary: 'print what runs Holdfast every day: a cron line, a GitHub Actions file, a container command',
    example: 'holdfast schedule cron',
    arguments: [{ name: '<kind>', help: 'cron, github or container' }],
    load: async () => (await import('./commands/schedule.ts')).schedule,
  },
];
