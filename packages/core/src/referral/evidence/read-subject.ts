/** What a subject line tells, so that the line itself need not be kept. */
export interface SubjectHints {
  /** Words of bringing two people together. */
  readonly introduces: boolean;
  readonly reply: boolean;
  readonly forward: boolean;
  /** An event or mailing to many. */
  readonly bulk: boolean;
}

const REPLY = /^(re|aw|sv|antw|antwort|odp|rif|res)\s*(\[\d+\])?\s*:\s*/;
const FORWARD = /^(fwd?|wg|tr|rv|vs|doorst|pd|i|enc)\s*:\s*/;
const BULK = /\b(webinar|newsletter|invitation|einladung|save the date|register|agenda of the day|mailing)\b/;
const INTRODUCES = [
  /\bintros?\b|\bintroduc(tion|tions|ing|e|es)\b|\bintroduzione\b|\bintroduktion\b|\bintroductie\b/,
  /\b(e-?)?meet\b|\bconnecting\b|\bin touch\b|\breferr(al|ed)\b|\brecommend(ed|ation|ing)?\b|<>|\u2194/,
  /\bvorstell(ung|en|e)\b|\bempfehlung\b|\bempfohlen\b|\bbekannt ?mach/,
  /\bmise en relation\b|\bje vous presente\b|\brecommandation\b/,
  /\b(te|le|os) presento\b|\bpresentacion entre\b|\brecomendacion\b|\bkennismak|\bpolecen|\bprzedstawi/,
];
const OTHERWISE =
  /\bintro(duction|ducing)? (to|of|into|for)\b|\bintroducing (our|the|new)\b|\bmeet the\b|\bmeet at\b|\brecommend(ed|ing) (settings|changes|values|update)/;

/**
 * Reads a subject line in the languages of Western Europe and Polish; `null` for none. A hint is never proof: it only
 * decides between mails that already have the shape of an introduction.
 *
 * @example readSubject('Re: Introduction: Ana <> Jonas') // { introduces: true, reply: true, forward: false, bulk: false }
 */
export function readSubject(subject: string | null): SubjectHints | null {
  let text = plain(subject ?? '');
  if (text === '') return null;
  let reply = false;
  let forward = false;
  for (;;) {
    const prefix = REPLY.exec(text) ?? FORWARD.exec(text);
    if (!prefix) break;
    if (REPLY.test(text)) reply = true;
    else forward = true;
    text = text.slice(prefix[0].length);
  }
  const introduces = !OTHERWISE.test(text) && INTRODUCES.some((words) => words.test(text));
  return { introduces, reply, forward, bulk: BULK.test(text) };
}

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .trim();
