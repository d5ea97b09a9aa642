import type { Participant } from '../entities/participant.ts';
import { decideSale } from './decide-sale.ts';
import { claimsOf, type EngineState, participantOf, resolveId, salesOf } from './engine-state.ts';
import { rewardAgain } from './reward-event.ts';
import { noteParty } from './what-changed.ts';

/**
 * Takes who refers. A reading of the CRM brings somebody in as it finds them, and afterwards only says for whom they
 * work; what a person said of them stands. A change of status that a person says counts from its day: what was won before
 * stays as it was, what was won since is decided again, unless its decision is locked.
 */
export function takeParticipant(state: EngineState, said: Participant, isPersons: boolean): void {
  const id = resolveId(state, said.id);
  const known = participantOf(state, id, said.programId);
  const put = (it: Participant) => {
    state.participants.set(`${said.programId} ${id}`, { ...it, id });
    noteParty(state, id);
  };
  if (known === undefined) put(said);
  else if (!isPersons) put({ ...known, accountId: said.accountId });
  else put(withPast(said, known));
  if (known !== undefined && isPersons) decideAgain(state, { ...said, id }, known);
}

function withPast(said: Participant, known: Participant): Participant {
  const isSame = said.status === known.status;
  const past = [...(known.past ?? []), ...(isSame ? [] : [{ status: known.status, since: known.statusSince }])];
  return { ...known, ...said, past: past.filter((it) => it.since < said.statusSince) };
}

/** Sales from the first day on for which the status is another one than before. */
function decideAgain(state: EngineState, said: Participant, known: Participant): void {
  const { id, programId, status, statusSince } = said;
  if (status === known.status && statusSince === known.statusSince) return;
  const from = status === known.status ? Math.min(statusSince, known.statusSince) : statusSince;
  const parties = claimsOf(state, id).flatMap((it) => (it.programId === programId ? [it.subjectId] : []));
  for (const saleId of new Set(parties.flatMap((it) => salesOf(state, it)))) {
    const sale = state.sales.get(saleId);
    if (sale === undefined || sale.won === null || sale.won.occurredAt < from) continue;
    decideSale(state, sale);
    rewardAgain(state, saleId);
  }
}
