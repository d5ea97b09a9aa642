/** Shows the proposal and asks for one yes. */
export async function askAboutBook(text: string): Promise<boolean> {
  const { confirm, isCancel, note } = await import('@clack/prompts');
  note(text, 'Whose book?');
  const answer = await confirm({ message: 'Is this your book of customers?', initialValue: false });
  return !isCancel(answer) && answer;
}
