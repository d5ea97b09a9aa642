import { DAY } from '../calendar.ts';
import { type Actor, addActor, type Firm, makeFirm, recordActor, recordFirm } from './cast.ts';
import type { DecoyKind } from './introduction-book.ts';
import { SHARES } from './introduction-shares.ts';
import { subjectOf } from './introduction-words.ts';
import type { Happening, Logged } from './mail-desk.ts';
import { type Made, namesFor, pickAdvocate, reply, type Scene, talk } from './scene.ts';

interface Decoyed {
  readonly advocate: Firm;
  readonly party?: Firm;
  readonly logged: readonly (Logged | null)[];
}
type Write = (scene: Scene, made: Made, number: number) => Decoyed | null;

/** Writes one decoy, near a true introduction where its kind has to do with one. `null`: this one gives no occasion. */
export function writeDecoy(kind: DecoyKind, scene: Scene, made: Made, number: number): boolean {
  const decoyed = writers[kind](scene, made, number);
  if (decoyed) scene.decoys.push({ kind, ...decoyed });
  return decoyed !== null;
}

const writers: Readonly<Record<DecoyKind, Write>> = {
  webinar: (scene, made) => {
    const { random, customers, others } = scene;
    const at = made.at + random.between(-60, 60) * DAY;
    const guests = Array.from({ length: random.whole(8, 40) }, () =>
      random.pick(random.pick(random.chance(0.6) ? customers : others).people),
    );
    const advocate = random.chance(0.5) ? made.advocate : pickAdvocate(scene, made.at);
    const to = [made.user, ...new Set([...guests, advocate, made.party])];
    return both(advocate, made.party, [
      scene.desk.log({ kind: 'meeting', at, to, subject: words(scene, 'EVENT', made) }),
    ]);
  },

  'people in copy': (scene, made, number) => {
    const { random, desk } = scene;
    const [stranger, advocate] = [makeStranger(scene, number, 0.06), pickAdvocate(scene, made.at)];
    const at = anyTime(scene, made);
    const subject = words(scene, random.chance(SHARES.misleadingWords) ? 'MISLEADING' : 'PROJECT', made);
    const thread = scene.newThread();
    const direct = random.chance(0.15);
    const mail = { kind: 'email', at, from: advocate, subject, thread } as const;
    const logged = [
      desk.log(direct ? { ...mail, to: [made.user, stranger] } : { ...mail, to: [made.user], cc: [stranger] }),
    ];
    if (random.chance(0.4)) {
      const cc = random.chance(0.75) ? [advocate] : [];
      const answer: Happening = {
        kind: 'email',
        at: at + random.between(0.1, 6) * DAY,
        from: stranger,
        to: [made.user],
        cc,
        subject: reply(subject),
        thread,
      };
      logged.push(desk.log(answer));
      if (random.chance(0.4))
        logged.push(answerTo(scene, stranger, made, answer.at + random.between(0.1, 3) * DAY, subject));
    }
    return both(advocate, stranger, logged);
  },

  'copy of a known prospect': (scene, made) => {
    const { random, desk } = scene;
    if (made.answeredAt === undefined) return null;
    const advocate = pickAdvocate(scene, made.at, made.advocate.firm);
    const [at, subject] = [made.answeredAt + random.between(1, 40) * DAY, words(scene, 'PROJECT', made)];
    const mail = { kind: 'email', at, from: advocate, subject, thread: scene.newThread() } as const;
    const logged = desk.log(
      random.chance(0.5) ? { ...mail, to: [made.user, made.party] } : { ...mail, to: [made.user], cc: [made.party] },
    );
    return both(advocate, made.party, [logged]);
  },

  'answer in the thread': (scene, made) => {
    const { random, desk } = scene;
    const colleague = made.advocate.firm.people.find((it) => it !== made.advocate);
    if (made.channel !== 'mail' || !colleague) return null;
    const at = made.at + random.between(0.02, 3) * DAY;
    const { party, user, thread, subject } = made;
    const logged = desk.log({
      kind: 'email',
      at,
      from: colleague,
      to: [user, party],
      cc: [made.advocate],
      subject: reply(subject),
      thread,
    });
    return both(colleague, party, [logged]);
  },

  colleague: (scene, made) => {
    const { random, desk, ids } = scene;
    const advocate = pickAdvocate(scene, made.at);
    const colleague = addActor(advocate.firm, random, 0.01);
    advocate.firm.newcomers.push(advocate.firm.people.pop()!);
    if (random.chance(0.6)) recordActor(colleague, ids);
    const at = anyTime(scene, made);
    const subject = subjectOf('COLLEAGUE', namesFor(colleague, made.user), random);
    const logged = [desk.log({ kind: 'email', at, from: advocate, to: [made.user], cc: [colleague], subject })];
    if (random.chance(0.7)) talk(scene, colleague, made.user, at + random.between(0.5, 10) * DAY, reply(subject));
    return both(advocate, colleague, logged);
  },

  'earlier contact': (scene, made) => {
    const { random, desk, others } = scene;
    const [party, advocate] = [random.pick(others).people[0]!, pickAdvocate(scene, made.at)];
    const at = anyTime(scene, made);
    for (let i = random.whole(1, 3); i > 0; i -= 1)
      talk(scene, party, made.user, at - random.between(2, 80) * DAY, 'Your questions');
    const subject = subjectOf(random.chance(0.3) ? 'TELLING' : 'NEUTRAL', namesFor(party, made.user), random);
    return both(advocate, party, [
      desk.log({ kind: 'email', at, from: advocate, to: [made.user, party], subject, thread: scene.newThread() }),
    ]);
  },

  'reference call': (scene, made) => {
    const { random, desk, others } = scene;
    const [party, advocate] = [random.pick(others).people[0]!, pickAdvocate(scene, made.at)];
    const at = anyTime(scene, made);
    talk(scene, party, made.user, at - random.between(2, 60) * DAY, 'Your questions');
    talk(scene, party, made.user, at - random.between(1, 30) * DAY, 'Offer');
    const subject = `Reference: ${advocate.first} / ${party.first}`;
    const logged = [
      desk.log({ kind: 'email', at, from: made.user, to: [party, advocate], subject, thread: scene.newThread() }),
    ];
    logged.push(
      desk.log({ kind: 'meeting', at: at + random.between(1, 9) * DAY, to: [made.user, party, advocate], subject }),
    );
    return both(advocate, party, logged);
  },

  mailing: (scene, made) => {
    const { random, desk, customers, others } = scene;
    const many = Array.from({ length: random.whole(4, 20) }, () =>
      random.pick(random.pick(random.chance(0.5) ? customers : others).people),
    );
    const advocate = pickAdvocate(scene, made.at);
    const to = [...new Set([advocate, made.party, ...many])];
    const at = made.at - random.between(1, 40) * DAY;
    return both(advocate, made.party, [
      desk.log({ kind: 'email', at, from: made.user, to, subject: words(scene, 'EVENT', made) }),
    ]);
  },

  'small meeting': (scene, made, number) => {
    const { random, desk, others } = scene;
    const advocate = pickAdvocate(scene, made.at);
    const at = anyTime(scene, made);
    const known = random.chance(0.6);
    const party = known ? random.pick(others).people[0]! : makeStranger(scene, number, 0.1);
    if (known) talk(scene, party, made.user, at - random.between(2, 60) * DAY, 'Your questions');
    return both(advocate, party, [
      desk.log({ kind: 'meeting', at, to: [made.user, advocate, party], subject: words(scene, 'PROJECT', made) }),
    ]);
  },

  supplier: (scene, made, number) => {
    const { random, desk } = scene;
    const [stranger, advocate] = [makeStranger(scene, number, 0), pickAdvocate(scene, made.at)];
    const at = anyTime(scene, made);
    const subject = subjectOf('SUPPLIER', namesFor(stranger, made.user), random);
    const logged = [desk.log({ kind: 'email', at, from: advocate, to: [made.user, stranger], subject })];
    if (random.chance(0.6))
      logged.push(
        desk.log({
          kind: 'email',
          at: at + random.between(0.5, 5) * DAY,
          from: stranger,
          to: [made.user],
          subject: reply(subject),
        }),
      );
    if (random.chance(0.25)) logged.push(answerTo(scene, stranger, made, at + random.between(5, 9) * DAY, subject));
    return both(advocate, stranger, logged);
  },

  namesake: (scene, made, number) => {
    const { random, desk } = scene;
    const real = pickAdvocate(scene, made.at);
    const namesake: Actor = { ...addActor(makeFirm(number, 0, random), random, 1), name: real.name, first: real.first };
    const party = random.pick(scene.others).people[0]!;
    const at = anyTime(scene, made);
    return both(real, party, [
      desk.log({ kind: 'email', at, from: namesake, to: [made.user, party], subject: words(scene, 'NEUTRAL', made) }),
    ]);
  },

  'wrong link': () => null,
};

/** Somebody from outside who buys nothing: a contractor, an agency. The CRM may have made records of them by itself. */
function makeStranger({ random, ids }: Scene, number: number, engagedShare: number): Actor {
  const firm = makeFirm(number, 1, random);
  const actor = firm.people[0]!;
  if (!random.chance(SHARES.strangerOnRecord)) return actor;
  recordFirm(
    firm,
    random.chance(Math.max(engagedShare, SHARES.strangerAsProspect)) ? 'prospect' : 'other',
    ids,
    random,
  );
  recordActor(actor, ids);
  return actor;
}

/** We are polite to strangers too, now and then. */
function answerTo({ desk }: Scene, stranger: Actor, { user }: Made, at: number, subject: string): Logged | null {
  return desk.log({ kind: 'email', at, from: user, to: [stranger], subject: reply(subject) });
}

const both = (advocate: Actor, party: Actor, logged: readonly (Logged | null)[]): Decoyed => ({
  advocate: advocate.firm,
  party: party.firm,
  logged,
});
const anyTime = ({ random, start, asOf }: Scene, { at }: Made) =>
  Math.min(asOf - 100 * DAY, Math.max(start + 100 * DAY, at + random.between(-200, 200) * DAY));

function words({ random }: Scene, kind: Parameters<typeof subjectOf>[0], made: Made): string {
  return subjectOf(kind, namesFor(made.party, made.user), random);
}
