/** What happened over many seeds, so that nobody need believe it. */
export interface Tally {
  seeds: number;
  calls: number;
  mostCalls: number;
  readonly faults: Record<string, number>;
  readonly kills: Record<string, number>;
  readonly people: Record<string, number>;
  readonly outcomes: Record<string, number>;
  /** Commits that a dead run tried, and its lease refused. */
  fenced: number;
}

/** Nothing yet. */
export function emptyTally(): Tally {
  return { seeds: 0, calls: 0, mostCalls: 0, faults: {}, kills: {}, people: {}, outcomes: {}, fenced: 0 };
}

/** One more of a kind. */
export function countOne(counts: Record<string, number>, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

/** The sum of several tallies. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    sum.seeds += tally.seeds;
    sum.calls += tally.calls;
    sum.fenced += tally.fenced;
    sum.mostCalls = Math.max(sum.mostCalls, tally.mostCalls);
    for (const kind of ['faults', 'kills', 'people', 'outcomes'] as const) {
      for (const [name, count] of Object.entries(tally[kind])) sum[kind][name] = (sum[kind][name] ?? 0) + count;
    }
  }
  return sum;
}

/** One line for the reader of a test run. */
export function formatTally(tally: Tally, ms: number): string {
  const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort()
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const each = (tally.calls / tally.seeds).toFixed(1);
  return [
    `${tally.seeds} seeds in ${(ms / 1000).toFixed(1)} s (${(tally.seeds / (ms / 1000)).toFixed(1)} seeds/s)`,
    `${tally.calls} calls (${each} a seed, at most ${tally.mostCalls})`,
    `${total(tally.faults)} faults: ${list(tally.faults)}`,
    `${total(tally.kills)} kills: ${list(tally.kills)}; ${tally.fenced} commits of dead runs refused`,
    `${total(tally.people)} acts of people: ${list(tally.people)}`,
    `writes: ${list(tally.outcomes)}`,
  ].join('\n  ');
}
