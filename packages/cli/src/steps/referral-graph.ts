import { type DrawnChain, type GraphLayout, type Id, introducingClaims, layoutGraph } from '@holdfast/core';
import { partyNames } from '../referrals/party-names.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { count, words } from '../text/format.ts';

/** Who led to whom, by the claims that stand; accounts where they are known. */
export function graphStep({ state }: ReferralDesk): GraphLayout {
  return layoutGraph(
    introducingClaims(state.claims.values()).map((it) => ({
      ...{ referrerId: it.referrerAccountId ?? it.participantId, referredId: it.subjectId },
      ...{ at: it.introducedAt, state: it.state },
    })),
  );
}

/** The chains as indented lists: each party below whoever introduced it first. */
export async function graphText(desk: ReferralDesk, layout: GraphLayout, withNames: boolean): Promise<string> {
  const name = partyNames(desk.session.store, withNames);
  const lines: string[] = [];
  for (const chain of layout.chains) lines.push(...(await chainLines(chain, name)));
  const { chains, parties } = layout.more;
  return [
    ...(lines.length === 0 ? ['Nobody has led to anybody yet.'] : lines),
    ...(chains > 0 ? [`... and ${count(chains)} smaller chains of ${count(parties)} parties.`] : []),
  ].join('\n');
}

async function chainLines(chain: DrawnChain, name: (id: Id) => Promise<string>): Promise<readonly string[]> {
  const lines: string[] = [];
  const add = async (id: Id, depth: number, state: string): Promise<void> => {
    lines.push(`${'  '.repeat(depth)}${await name(id)}${state === '' ? '' : `: ${words(state)}`}`);
    for (const it of chain.lines) if (it.from === id && it.kind === 'first') await add(it.to, depth + 1, it.state);
    const rest = chain.places.find((it) => it.kind === 'more' && it.referrerId === id);
    if (rest?.kind === 'more') lines.push(`${'  '.repeat(depth + 1)}... and ${count(rest.count)} more`);
  };
  await add(chain.rootId, 0, '');
  return lines;
}
