import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';

/** `holdfast referrals`: who referred whom, by id, with state, credit and reason. */
export const referrals: RunCommand = async (input) =>
  withSession(input, 'referrals', async (session) => {
    const pulled = lastPull(session);
    const { referrals: tracked } = await scoreStep(session, { pulled, asOf: pulled.asOf, keep: false });
    const rows = tracked.referrals.map(
      ({ referrerId, accountId, referredContactId, state, credit, reason }) =>
        `  ${referrerId ?? 'somebody'} -> ${accountId ?? referredContactId ?? 'somebody'}: ${state}${credit ? `, ${credit}` : ''} (${reason.replaceAll('_', ' ')})`,
    );
    const counts = Object.entries(tracked.counts).map(([state, n]) => `${state} ${n}`);
    return {
      exitCode: 0,
      json: tracked,
      text: [
        counts.length === 0 ? 'No referral was found in the CRM.' : `Referrals: ${counts.join(', ')}.`,
        ...rows.slice(0, 50),
        ...(rows.length > 50 ? [`  ... and ${rows.length - 50} more; --json lists them all.`] : []),
      ].join('\n'),
    };
  });
