import type { NextAction } from '@holdfast/core';
import { columns } from '../text/columns.ts';
import { chance, count, money } from '../text/format.ts';
import type { ActionRow } from './actions-book.ts';
import type { ListedActions } from './actions-list.ts';
import type { Logged } from './actions-log-step.ts';

/** Accounts that a person is shown; `--json` has all. */
const SHOWN = 20;

/** The best steps over the book, a row an account, and who is left alone. */
export function actionsText(listed: ListedActions): string {
  const { chances, missingSettings, actions, notWorthIt, heldOut, nothingToDo } = listed;
  const told = missingSettings.length === 0;
  const shown = actions.slice(0, SHOWN);
  return [
    told
      ? `Next best actions by expected value (${count(shown.length)} of ${count(actions.length)}; chance of loss x margin x effect - cost):`
      : `Next best actions by the log-odds of loss that they are assumed to remove (${count(shown.length)} of ${count(actions.length)}):`,
    ...(told
      ? []
      : [
          `Their value cannot be told: set ${missingSettings.map((it) => `\`${it}\``).join(' and ')} in the profile of holdfast.config.json (gross margin as a share, 0 to 1; cost of an hour in minor units).`,
        ]),
    ...(chances.note ? [chances.note] : []),
    ...columns([HEAD, ...shown.map(cells)], [1, 3, 4, 5]),
    ...steps(shown),
    ...(notWorthIt.length > 0 ? [`${count(notWorthIt.length)} accounts where no step pays for its hours.`] : []),
    ...(nothingToDo > 0 ? [`${count(nothingToDo)} accounts with no driver that a step answers.`] : []),
    ...leaveAlone(heldOut),
  ].join('\n');
}

const HEAD = ['account', 'chance', 'act on', 'value', 'cost', 'break-even', 'effect'];

function cells({ account, probability, actions: [best] }: ActionRow): string[] {
  const { id, name } = account;
  const row = [name === id ? id : `${name} (${id})`, chance(probability)];
  if (!best) return row;
  return [
    ...row,
    best.playbook.driver,
    best.value ? money(best.value) : 'not known',
    best.cost ? money(best.cost) : `${best.playbook.hours} h`,
    breakEven(best),
    best.assumption,
  ];
}

/** Above 1 the step cannot pay, whatever it achieves. */
function breakEven({ breakEven: share }: NextAction): string {
  if (share === null) return '';
  return share > 1 ? 'cannot pay' : `${Math.round(share * 100)} % saved`;
}

/** What each of the drivers shown asks to do, once. */
function steps(shown: readonly ActionRow[]): readonly string[] {
  const texts = new Map(
    shown.flatMap(({ actions: [best] }) => (best ? [[best.playbook.driver, best.playbook.step]] : [])),
  );
  return texts.size > 0 ? ['What to do:', ...columns([...texts])] : [];
}

function leaveAlone(heldOut: readonly ActionRow[]): readonly string[] {
  if (heldOut.length === 0) return [];
  const shown = heldOut.slice(0, SHOWN);
  return [
    `Leave alone: hold-out (${count(shown.length)} of ${count(heldOut.length)}):`,
    ...columns(
      shown.map(({ account: { id, name } }) => [name === id ? id : `${name} (${id})`, 'leave alone: hold-out']),
    ),
  ];
}

/** What was logged, and what it means for an account that is held out. */
export function loggedText({ account: { id, name }, driver, on, arm, isNew }: Logged): string {
  const whose = name === id ? id : `${name} (${id})`;
  return [
    isNew
      ? `Logged: ${driver} on ${on} for ${whose}.`
      : `Logged before: ${driver} on ${on} for ${whose}; it counts once.`,
    ...(arm === 'hold-out'
      ? ['This account is held out: it stays in its arm, and the effect that is measured gets smaller by it.']
      : []),
  ].join('\n');
}
