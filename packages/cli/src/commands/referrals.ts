import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { introductions } from '../steps/introductions.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';
import { columns } from '../text/columns.ts';
import { count, words } from '../text/format.ts';
import { REFERRAL_WORK, usage } from './referrals-usage.ts';

const SHOWN = 50;
const OPTIONS: readonly string[] = Object.values(REFERRAL_WORK).flatMap(({ needs, may }) => [...needs, ...may]);
const STRAY = OPTIONS.filter((it) => it !== 'names');

/**
 * `holdfast referrals`: who referred whom by the CRM's own records, with state, credit and reason; people by id unless
 * their names are asked for. With a first word it is one of the parts of `referralsWork`.
 */
export const referrals: RunCommand = async (input) => {
  if (input.positional.length > 0) return (await import('./referrals-work.ts')).referralsWork(input);
  const stray = Object.keys(input.options).find((it) => STRAY.includes(it));
  if (stray !== undefined) throw usage('say what to do first, such as `holdfast referrals list`.');
  return listed(input);
};

const listed: RunCommand = async (input) =>
  withSession(input, 'referrals', async (session) => {
    const pulled = lastPull(session);
    const { referrals: tracked } = await scoreStep(session, { pulled, asOf: pulled.asOf, keep: false });
    const choice = { contacts: input.options['names'] === true, most: SHOWN };
    const rows = await introductions(session.store, tracked.referrals, choice);
    const counts = Object.entries(tracked.counts).map(([state, n]) => `${words(state)} ${count(n)}`);
    const hidden = tracked.referrals.length - rows.length;
    return {
      exitCode: 0,
      json: tracked,
      text: [
        counts.length === 0 ? 'No referral was found in the CRM.' : `Referrals: ${counts.join(', ')}.`,
        ...columns(
          rows.map(({ referrer, referred, state, credit, reason }) => [
            referrer,
            '->',
            referred,
            state,
            credit,
            reason,
          ]),
        ),
        ...(hidden > 0 ? [`  ... and ${count(hidden)} earlier ones; --json lists them all.`] : []),
      ].join('\n'),
    };
  });
