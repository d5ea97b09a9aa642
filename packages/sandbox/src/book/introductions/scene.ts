import { DAY } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { Actor, Firm, Ids, User } from './cast.ts';
import type { Channel, DecoyKind, Noise, TrueIntroduction } from './introduction-book.ts';
import type { SubjectNames } from './introduction-words.ts';
import type { Happening, Logged, MailDesk } from './mail-desk.ts';

/** Everything that the writers of introductions and decoys share while a book is made. */
export interface Scene {
  readonly random: Random;
  readonly ids: Ids;
  readonly desk: MailDesk;
  readonly start: number;
  readonly asOf: number;
  readonly users: readonly User[];
  readonly customers: readonly Firm[];
  /** In talks with us, introduced by nobody. */
  readonly others: readonly Firm[];
  readonly links: { referrer: Actor; referred: Actor; setAt: number; introducedAt?: number }[];
  readonly confirmations: {
    advocate: Actor;
    party: Actor;
    answers: readonly [advocate: true | undefined, party: true | undefined];
    setAt: number;
  }[];
  readonly opportunities: { firm: Firm; people: readonly Actor[]; at: number }[];
  readonly truths: Made[];
  readonly decoys: { kind: DecoyKind; advocate: Firm; party?: Firm; logged: readonly (Logged | null)[] }[];
  newThread(): string | undefined;
}

/** A true introduction before the book is closed. */
export interface Made {
  readonly advocate: Actor;
  readonly party: Actor;
  readonly user: User;
  readonly at: number;
  readonly channel: Channel;
  readonly thread: string | undefined;
  readonly subject: string;
  /** When the party first answered; absent when it never did. */
  readonly answeredAt?: number;
  readonly logged: readonly (Logged | null)[];
  readonly noises: Set<Noise>;
  evidence?: TrueIntroduction['evidence'];
}

export function namesFor(party: Actor, user: User): SubjectNames {
  return { party: party.first, user: user.first, firm: party.firm.name };
}

/** A contact of a firm that has been a customer for a month by then. */
export function pickAdvocate({ customers, random }: Scene, at: number, not?: Firm): Actor {
  for (;;) {
    const firm = random.pick(customers);
    if (firm !== not && (firm.record?.since ?? at) < at - 30 * DAY) return random.pick(firm.people);
  }
}

/** One or two ordinary contacts with a person, both ways. */
export function talk(scene: Scene, party: Actor, user: User, at: number, subject: string, thread?: string): void {
  const { random, desk } = scene;
  const roll = random.next();
  const base = { at, subject, thread };
  const happening: Happening =
    roll < 0.6
      ? { ...base, kind: 'email', from: party, to: [user] }
      : roll < 0.8
        ? { ...base, kind: 'meeting', to: [user, party] }
        : { ...base, kind: 'call', to: [user, party] };
  desk.log(happening);
  if (random.chance(0.6)) {
    desk.log({
      kind: 'email',
      at: at + random.between(0.05, 3) * DAY,
      from: user,
      to: [party],
      subject: reply(subject),
      thread,
    });
  }
}

export function reply(subject: string): string {
  return subject.startsWith('Re: ') ? subject : `Re: ${subject}`;
}
