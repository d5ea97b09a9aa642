import { DAY } from '../calendar.ts';
import { type Actor, type Firm, makeFirm, recordActor, recordFirm, type User } from './cast.ts';
import type { Channel, Noise } from './introduction-book.ts';
import { drawByShare, SHARES } from './introduction-shares.ts';
import { subjectOf } from './introduction-words.ts';
import type { Logged } from './mail-desk.ts';
import { type Made, namesFor, pickAdvocate, reply, type Scene, talk } from './scene.ts';

/** Lives through one introduction of a new firm: before it, the introduction itself, what came of it, what was recorded. */
export function introduce(scene: Scene, number: number): Made {
  const { random } = scene;
  const at = random.between(scene.start + 60 * DAY, scene.asOf - 200 * DAY);
  const firm = makeFirm(number, random.whole(1, 3), random);
  const [party, advocate, user] = [firm.people[0]!, pickAdvocate(scene, at), random.pick(scene.users)];
  const noises = new Set<Noise>();
  enterParty(scene, firm, advocate, noises);
  before(scene, party, user, at);
  const made = makeIt(scene, advocate, party, user, at, noises);
  scene.truths.push(made);
  record(scene, made);
  if (random.chance(SHARES.secondIntroducer)) introduceAgain(scene, made);
  return made;
}

/** What the CRM comes to hold of the party: often all, sometimes at the wrong account, sometimes nothing but a domain. */
function enterParty({ random, ids, customers }: Scene, firm: Firm, advocate: Actor, noises: Set<Noise>): void {
  const marked = !random.chance(SHARES.notMarked);
  if (!marked) noises.add('not marked as prospect');
  recordFirm(firm, marked ? 'prospect' : 'other', ids, random);
  const wrong = random.chance(SHARES.wrongCompany);
  const elsewhere = random.chance(0.5) ? advocate.firm : random.pick(customers);
  if (wrong) noises.add('wrong company');
  for (const [i, it] of firm.people.entries()) {
    if (random.chance(i === 0 ? SHARES.noContactRecord : 0.4)) continue;
    recordActor(it, ids, wrong && i === 0 ? elsewhere.record?.id : undefined);
  }
  if (!firm.people[0]!.record) noises.add('no contact record');
}

function before(scene: Scene, party: Actor, user: User, at: number): void {
  const { random, desk } = scene;
  if (random.chance(SHARES.staleContact))
    talk(scene, party, user, at - random.between(150, 700) * DAY, 'Fair in Hanover');
  if (!random.chance(SHARES.coldMail)) return;
  desk.log({
    kind: 'email',
    at: at - random.between(5, 80) * DAY,
    from: user,
    to: [party],
    subject: 'Planning without spreadsheets',
  });
}

function makeIt(scene: Scene, advocate: Actor, party: Actor, user: User, at: number, noises: Set<Noise>): Made {
  const { random } = scene;
  const channel = drawByShare(SHARES.channel, random);
  const words = random.chance(SHARES.neutralWords)
    ? 'NEUTRAL'
    : random.chance(SHARES.unusualWords)
      ? 'UNUSUAL'
      : 'TELLING';
  if (words === 'NEUTRAL') noises.add('neutral words');
  const subject = subjectOf(words, namesFor(party, user), random);
  const thread = scene.newThread();
  const plan = { advocate, party, user, at, channel, thread, subject, noises };
  const logged = perform(scene, plan);
  const answeredAt = random.chance(SHARES.engaged)
    ? at + (channel === 'named' ? 0 : random.between(0.1, 14) * DAY)
    : undefined;
  if (answeredAt === undefined) noises.add('never answered');
  else goOn(scene, plan, answeredAt, logged);
  return { ...plan, logged, ...(answeredAt !== undefined && { answeredAt }) };
}

type Plan = Pick<Made, 'advocate' | 'party' | 'user' | 'at' | 'thread' | 'subject' | 'noises'> & {
  readonly channel: Channel;
};

/** The introduction itself, in the form of its channel. A word of mouth leaves nothing. */
function perform(scene: Scene, plan: Plan): (Logged | null)[] {
  const { random, desk } = scene;
  const { advocate, party, user, at, channel, subject, thread } = plan;
  const cc = bystanders(scene, plan);
  if (channel === 'mail') {
    const roll = random.next();
    const [to, more] = roll < 0.5 ? [[user, party], []] : roll < 0.85 ? [[party], [user]] : [[user], [party]];
    return [desk.log({ kind: 'email', at, from: advocate, to, cc: [...more, ...cc], subject, thread })];
  }
  if (channel === 'forward') {
    const fwd = {
      kind: 'email',
      at: at - random.between(0.1, 6) * DAY,
      from: advocate,
      to: [user],
      subject: `Fwd: ${subject}`,
    } as const;
    desk.log(random.chance(0.7) ? fwd : { ...fwd, kind: 'call', to: [user, advocate] });
    const inCopy = random.chance(0.9);
    const mail = { kind: 'email', at, from: user, to: [party], cc: inCopy ? [advocate] : [], subject, thread } as const;
    const entry = desk.log(mail);
    return inCopy ? [entry] : [];
  }
  if (channel === 'named')
    return [desk.log({ kind: 'email', at, from: party, to: [user], cc: [advocate, ...cc], subject, thread })];
  if (channel === 'meeting') return [desk.log({ kind: 'meeting', at, to: [user, advocate, party], subject })];
  return [];
}

/** People in copy who have no part in it: colleagues on either side, a second one of us, seldom an outsider. */
function bystanders({ random, users, customers }: Scene, { advocate, party, noises }: Plan): (Actor | User)[] {
  if (!random.chance(SHARES.peopleInCopy)) return [];
  noises.add('people in copy');
  const roll = random.next();
  const colleagues = advocate.firm.people.filter((it) => it !== advocate);
  if (roll < 0.45 && colleagues.length > 0) return [random.pick(colleagues)];
  if (roll < 0.7 && party.firm.people.length > 1) return [party.firm.people[1]!];
  return roll < 0.95 ? [random.pick(users)] : [random.pick(random.pick(customers).people)];
}

/** The party takes it up: often first with the advocate in copy, then without. */
function goOn(scene: Scene, plan: Plan, answeredAt: number, logged: (Logged | null)[]): void {
  const { random, desk } = scene;
  const { advocate, party, user, subject, thread, channel } = plan;
  const inMail = channel !== 'meeting' && channel !== 'spoken';
  if (inMail && random.chance(0.6)) {
    const answer = {
      kind: 'email',
      at: answeredAt,
      from: party,
      to: [user],
      cc: [advocate],
      subject: reply(subject),
      thread,
    } as const;
    const entry = desk.log(answer);
    if (channel === 'mail' && !plan.noises.has('neutral words')) logged.push(entry);
  } else talk(scene, party, user, answeredAt, inMail ? reply(subject) : 'Hello', thread);
  for (let i = random.whole(1, 4), at = answeredAt; i > 0; i -= 1) {
    at += random.between(0.5, 12) * DAY;
    talk(scene, random.chance(0.85) ? party : random.pick(party.firm.people), user, at, 'Your questions');
  }
  if (!random.chance(SHARES.opportunity)) return;
  const opened = answeredAt + random.between(4, 80) * DAY;
  scene.opportunities.push({ firm: party.firm, people: [party], at: opened });
  if (random.chance(SHARES.won)) becomeCustomer(party.firm, opened + random.between(30, 150) * DAY);
}

function becomeCustomer(firm: Firm, since: number): void {
  if (firm.record) Object.assign(firm.record, { relation: 'customer', since });
}

/** What people enter afterwards: a link, and what the two said when asked. */
function record(scene: Scene, { advocate, party, at, channel }: Made): void {
  const { random, links, confirmations } = scene;
  if (!advocate.record || !party.record) return;
  if (random.chance(channel === 'spoken' ? SHARES.linkedAfterWord : SHARES.linked)) {
    const wrong = random.chance(SHARES.wrongLink)
      ? advocate.firm.people.find((it) => it !== advocate && it.record)
      : undefined;
    const setAt = at + random.between(0, 30) * DAY;
    links.push({
      referrer: wrong ?? advocate,
      referred: party,
      setAt,
      ...(random.chance(0.5) && { introducedAt: at }),
    });
    if (wrong) scene.decoys.push({ kind: 'wrong link', advocate: advocate.firm, party: party.firm, logged: [] });
  }
  if (!random.chance(SHARES.confirmed)) return;
  const roll = random.next();
  const answers =
    roll > SHARES.confirmedByOne
      ? ([true, true] as const)
      : roll < 0.15
        ? ([true, undefined] as const)
        : ([undefined, true] as const);
  confirmations.push({ advocate, party, answers, setAt: at + random.between(5, 60) * DAY });
}

/** Somebody of another customer introduces the same party, before it has answered the first. */
function introduceAgain(scene: Scene, { party, user, at, answeredAt }: Made): void {
  const { random, desk } = scene;
  const gap = Math.min(10 * DAY, (answeredAt ?? Infinity) - at) * 0.9;
  if (gap < DAY / 10) return;
  const advocate = pickAdvocate(scene, at);
  const again = at + gap * random.next();
  const subject = subjectOf('TELLING', namesFor(party, user), random);
  const thread = scene.newThread();
  const logged = [desk.log({ kind: 'email', at: again, from: advocate, to: [party, user], subject, thread })];
  const plan = { advocate, party, user, at: again, thread, subject, logged };
  scene.truths.push({ ...plan, channel: 'mail', noises: new Set(), ...(answeredAt !== undefined && { answeredAt }) });
}
