// Small samples of the Telco table through the shipped posterior, and how far one outcome moves an account. Prints one
// JSON object; nothing is timed against a peer. Run with: node --conditions=holdfast-source small-samples.ts [draws]
import { cardStream, largestMove, telcoStream } from '../../../core/test/posterior/outcome-stream.ts';
import { drawSmallSample, summarizeDraws } from '../../../core/test/posterior/small-samples.ts';
import { hasTelco, readTelco } from '../../../core/test/posterior/telco-book.ts';

const DRAWS = Number(process.argv[2] ?? 200);
const OUTCOMES = Number(process.argv[3] ?? 400);
const KINDS = ['unit signs', 'two wrong signs'] as const;
const SWINGS = ['stated', 'standardised'] as const;
const ORDERS = ['by chance', 'forty kept first'] as const;

function row(task: string, seconds: number, limit: string, figures: object) {
  const peakMB = process.resourceUsage().maxRSS / 1024;
  return {
    task,
    firstSeconds: seconds,
    medianSeconds: seconds,
    peakMB,
    peer: null,
    peerSeconds: null,
    ratio: null,
    limit,
    figures,
  };
}

function timed<T>(run: () => T) {
  const from = performance.now();
  const value = run();
  return { value, seconds: (performance.now() - from) / 1000 };
}

function smallSampleRows() {
  return SWINGS.flatMap((swing) => {
    const book = readTelco(swing);
    return KINDS.flatMap((kind) =>
      [50, 200, 800].map((n) => {
        const seeds = Array.from({ length: DRAWS }, (_, k) => 1000 + k);
        const { value, seconds } = timed(() =>
          summarizeDraws(seeds.map((seed) => drawSmallSample(book, n, kind, seed))),
        );
        const limit = `AUC gap >= -${n === 50 ? '.015' : '.005'}`;
        return row(`Telco, ${kind} per ${swing} swing, n = ${n}`, seconds / DRAWS, limit, value);
      }),
    );
  });
}

function telcoStreams() {
  return Object.fromEntries(
    SWINGS.flatMap((swing) =>
      KINDS.map((kind) => [`Telco, ${kind} per ${swing} swing`, telcoStream(readTelco(swing), kind)]),
    ),
  );
}

function continuityRows() {
  const books = {
    ...Object.fromEntries([1, 2, 3].map((seed) => [`contract card ${seed}`, cardStream(1500, seed)])),
    ...(hasTelco ? telcoStreams() : {}),
  };
  return Object.entries(books).map(([name, book]) => {
    const { value, seconds } = timed(() =>
      ORDERS.flatMap((order) => [1, 2, 3].map((seed) => largestMove(book, OUTCOMES, seed, order))),
    );
    return row(`largest move, ${name}, 0 to ${OUTCOMES} outcomes`, seconds, '< .10', {
      largest: Math.max(...value),
      moves: value,
    });
  });
}

const rows = [...(hasTelco ? smallSampleRows() : []), ...continuityRows()];
process.stdout.write(`${JSON.stringify({ name: 'small-samples', rows }, null, 1)}\n`);
