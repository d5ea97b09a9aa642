import type { Id } from '@holdfast/core';
import { type ForgetReport, forgetContact, peopleAt } from '@holdfast/workflows';
import type { RunCommand } from '../commands.ts';
import { privacyPolicy } from '../config/config.ts';
import { UserError } from '../failure.ts';
import { type Session, withSession } from '../session/session.ts';

/** `holdfast forget PERSON`, an id or an address: here only; the CRM's own record is the company's to erase. */
export const forget: RunCommand = async (input) =>
  withSession(input, 'forget', async (session) => {
    const [who = ''] = input.positional;
    const { email, phone } = input.options;
    const options = {
      at: session.clock.now(),
      policy: privacyPolicy(session.config),
      emails: typeof email === 'string' ? [email] : [],
      phones: typeof phone === 'string' ? [phone] : [],
    };
    const result = { rows: 0, events: 0, files: 0, payee: null as ForgetReport['payee'] };
    for (const id of await idsOf(session, who)) {
      const { rows, events, files, payee } = await forgetContact(session.workspace, session.store, id, options);
      result.rows += rows;
      result.events += events;
      result.files += files;
      result.payee ??= payee;
    }
    const { rows, events, files, payee } = result;
    const text = [
      `Erased from ${rows} rows, ${events} events and ${files} files here, and kept out from now on. Erase the record in the CRM itself too.`,
      ...(payee === null
        ? []
        : ['Payments were made or are owed: the entry in the vault of payees stays, restricted, until it expires.']),
    ];
    return { exitCode: 0, json: result, text: text.join('\n') };
  });

/** An address is that of everybody who has it: one person may be a contact and a lead. */
async function idsOf({ store }: Session, who: string): Promise<readonly Id[]> {
  const ids = who.includes('@') ? await peopleAt(store, who) : [who];
  if (ids.length === 0)
    throw new UserError('usage', 'Nobody with this address was read: give the id, with --email for the address.', 2);
  if (!ids.every((it) => it.includes(':')))
    throw new UserError(
      'usage',
      `"${who}" is not the id of a contact or lead: it looks like contact:55, as in the runs folder.`,
      2,
    );
  return ids;
}
