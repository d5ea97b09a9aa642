import { forgetContact } from '@holdfast/workflows';
import type { RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import { withSession } from '../session/session.ts';

/** `holdfast forget CONTACT`: here only; the CRM's own record is the company's to erase. */
export const forget: RunCommand = async (input) =>
  withSession(input, 'forget', async (session) => {
    const [id = ''] = input.positional;
    if (!id.includes(':'))
      throw new UserError(
        'usage',
        `"${id}" is not the id of a contact: it looks like contact:55, as in the runs folder.`,
        2,
      );
    const { email, phone } = input.options;
    const result = await forgetContact(session.workspace, session.store, id, {
      at: session.clock.now(),
      emails: typeof email === 'string' ? [email] : [],
      phones: typeof phone === 'string' ? [phone] : [],
    });
    const { rows, events, files, payee } = result;
    const text = [
      `Erased from ${rows} rows, ${events} events and ${files} files here, and kept out from now on. Erase the record in the CRM itself too.`,
      ...(payee === null
        ? []
        : ['Payments were made or are owed: the entry in the vault of payees stays, restricted, until it expires.']),
    ];
    return { exitCode: 0, json: result, text: text.join('\n') };
  });
