import { auc, logLoss } from '../../src/stats/discrimination/index.ts';
import { createRandom } from '../../src/stats/random/index.ts';

const FOLDS = 5;
const REPEATS = 3;

/** Rows to learn from: a matrix row by row, and 1 for lost. */
export interface Book {
  readonly columns: number;
  readonly x: Float64Array;
  readonly lost: Uint8Array;
}

/** AUC and log-loss of every row's prediction pooled over the folds, averaged over the repeats. */
export interface OutOfFold {
  readonly auc: number;
  readonly logLoss: number;
}

/** 5-fold stratified cross-validation, 3 repeats: `learn` gets four fifths and predicts the rest. */
export function outOfFold(book: Book, learn: (train: Book) => (x: Float64Array) => Float64Array): OutOfFold {
  const scores = Array.from({ length: REPEATS }, (_, repeat) => {
    const foldOf = stratifiedFolds(book.lost, repeat + 1);
    const risks = new Float64Array(book.lost.length);
    for (let fold = 0; fold < FOLDS; fold++) {
      const rows = [...foldOf.keys()];
      const test = rows.filter((i) => foldOf[i] === fold);
      const predict = learn(
        pick(
          book,
          rows.filter((i) => foldOf[i] !== fold),
        ),
      );
      predict(pick(book, test).x).forEach((risk, k) => {
        risks[test[k]!] = risk;
      });
    }
    return { auc: auc(risks, book.lost) ?? Number.NaN, logLoss: logLoss(risks, book.lost) ?? Number.NaN };
  });
  const mean = (of: (score: OutOfFold) => number) => scores.reduce((sum, it) => sum + of(it), 0) / REPEATS;
  return { auc: mean((it) => it.auc), logLoss: mean((it) => it.logLoss) };
}

function stratifiedFolds(lost: Uint8Array, seed: number): Int32Array {
  const { below } = createRandom(seed);
  const foldOf = new Int32Array(lost.length);
  for (const kind of [0, 1]) {
    const rows = [...lost.keys()].filter((i) => lost[i] === kind);
    for (let k = rows.length - 1; k > 0; k--) {
      const other = below(k + 1);
      [rows[k], rows[other]] = [rows[other]!, rows[k]!];
    }
    rows.forEach((row, k) => {
      foldOf[row] = k % FOLDS;
    });
  }
  return foldOf;
}

function pick({ columns, x, lost }: Book, rows: readonly number[]): Book {
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, k) => {
    values.set(x.subarray(row * columns, (row + 1) * columns), k * columns);
  });
  return { columns, x: values, lost: Uint8Array.from(rows, (row) => lost[row]!) };
}
