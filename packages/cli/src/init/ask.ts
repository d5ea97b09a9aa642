import { MEANING_LISTS, type Meanings } from './meaning-lists.ts';
import { layMeanings, type OpenValue, type ProfileProposal } from './propose-profile.ts';

/** How much a person is asked in one sitting; the rest is reported by `check` and may be written into the config. */
const MOST_QUESTIONS = 40;
const LATER = '';

/** Asks what each open value means; `null` when the person walked away. */
export async function askMeanings(proposal: ProfileProposal): Promise<ProfileProposal | null> {
  const { isCancel, select } = await import('@clack/prompts');
  const said = new Map<string, Record<string, string>>();
  for (const one of proposal.open.slice(0, MOST_QUESTIONS)) {
    const { title, choices } = listOf(one);
    const answer = await select({
      message: `What does the ${title} "${one.label}" mean?`,
      options: [
        ...choices.map((choice) => ({ value: choice, label: choice })),
        { value: LATER, label: 'say it later', hint: 'check reports it until then' },
      ],
    });
    if (isCancel(answer)) return null;
    if (answer !== LATER) said.set(one.list, { ...said.get(one.list), [one.value]: answer });
  }
  return layMeanings(proposal, ({ answer }): Meanings | undefined => said.get(answer));
}

/** Shows the proposal and asks for one yes. */
export async function askAboutBook(text: string): Promise<boolean> {
  const { confirm, isCancel, note } = await import('@clack/prompts');
  note(text, 'Whose book?');
  const answer = await confirm({ message: 'Is this your book of customers?', initialValue: false });
  return !isCancel(answer) && answer;
}

/** The list that an open value belongs to. */
export function listOf({ list }: OpenValue) {
  const found = MEANING_LISTS.find(({ answer }) => answer === list);
  if (!found) throw new TypeError(`There is no list ${list}`);
  return found;
}
