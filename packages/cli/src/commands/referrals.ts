import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { introductions } from '../steps/introductions.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';
import { columns } from '../text/columns.ts';
import { count, words } from '../text/format.ts';

const SHOWN = 50;

/** `holdfast referrals`: who referred whom, with state, credit and reason; people by id unless their names are asked for. */
export const referrals: RunCommand = async (input) =>
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
