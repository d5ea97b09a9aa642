import { DAY } from '../calendar.ts';
import { firstNames, lastNames, slug } from '../names.ts';
import { seededRandom } from '../random.ts';
import { type Firm, type Kept, makeCustomer, makeFirm, recordActor, recordFirm } from './cast.ts';
import { closeBook } from './close-book.ts';
import { writeDecoy } from './decoys.ts';
import { introduce } from './introduce.ts';
import type { IntroductionBook, IntroductionTruth } from './introduction-book.ts';
import { DECOY_SHARES, drawByShare, SHARES } from './introduction-shares.ts';
import { openMailDesk } from './mail-desk.ts';
import { type Scene, talk } from './scene.ts';

export interface IntroductionOptions {
  readonly seed: number;
  /** How many introductions really happen; each has at least two decoys. */
  readonly introductions: number;
  /** What this CRM keeps; everything unless said. What it does not keep is no evidence in the truth either. */
  readonly keeps?: Partial<Kept>;
}

const START = Date.UTC(2023, 0, 2);
const AS_OF = START + 1400 * DAY;

/**
 * A book in which people introduce others to us: the truth, the evidence that it left and the noise over it are drawn one
 * after the other and kept apart. The same options give the same book on every machine.
 */
export function generateIntroductions(options: IntroductionOptions): {
  book: IntroductionBook;
  truth: IntroductionTruth;
} {
  const scene = setScene(options);
  const { random } = scene;
  let number = 100_000;
  for (let i = 0; i < options.introductions; i += 1) {
    const made = introduce(scene, 50_000 + i);
    for (let left = random.chance(SHARES.thirdDecoy) ? 3 : 2; left > 0; number += 1) {
      if (writeDecoy(drawByShare(DECOY_SHARES, random), scene, made, number)) left -= 1;
    }
  }
  for (const firm of scene.customers) everyday(scene, firm);
  return closeBook(scene);
}

const EVERYTHING: Kept = { recipientNames: true, otherAddresses: true, otherDomains: true, strangersInMeetings: true };

function setScene({ seed, introductions, keeps }: IntroductionOptions): Scene {
  const random = seededRandom(seed, 'introductions');
  const counts = new Map<string, number>();
  const ids = {
    keeps: { ...EVERYTHING, ...keeps },
    next(kind: string) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return `${kind}-${count}`;
    },
  };
  const customers = Array.from({ length: Math.ceil(introductions / 4) + 10 }, (_, i) =>
    makeCustomer(i, START, ids, random),
  );
  const others = Array.from({ length: Math.ceil(introductions / 2) + 10 }, (_, i) => {
    const firm = makeFirm(20_000 + i, random.whole(1, 2), random);
    recordFirm(firm, 'prospect', ids, random);
    for (const it of firm.people) recordActor(it, ids);
    return firm;
  });
  const users = Array.from({ length: 8 }, () => {
    const [first, last] = [random.pick(firstNames), random.pick(lastNames)];
    return { first, name: `${first} ${last}`, email: `${slug(first)}.${slug(last)}@seller.example` };
  });
  let threads = 0;
  return {
    ...{ random, ids, desk: openMailDesk(random, ids.keeps), start: START, asOf: AS_OF, users, customers, others },
    ...{ links: [], confirmations: [], opportunities: [], truths: [], decoys: [] },
    newThread() {
      threads += 1;
      return random.chance(0.8) ? `thread-${threads}` : undefined;
    },
  };
}

/** What customers write about all year. */
function everyday(scene: Scene, firm: Firm): void {
  const { random, users } = scene;
  for (let i = random.whole(4, 14); i > 0; i -= 1) {
    talk(scene, random.pick(firm.people), random.pick(users), random.between(START, AS_OF), 'Question about the plan');
  }
}
