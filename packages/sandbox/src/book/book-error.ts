/** Where in a book folder something is wrong. */
export interface BookPlace {
  /** The file's name without its folder, or the folder itself. */
  readonly file: string;
  /** Counted from 1, as an editor does; the header is line 1. */
  readonly line?: number;
  readonly column?: string;
}

/** The one error of reading a book: its message names file, line and column, says what is wrong and what to do next. */
export class BookError extends Error {
  override readonly name = 'BookError';
  readonly file: string;
  readonly line: number | undefined;
  readonly column: string | undefined;

  constructor(place: BookPlace, wrong: string, next: string) {
    super(`${placeText(place)}: ${wrong}. ${next}.`);
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
  }
}

function placeText({ file, line, column }: BookPlace): string {
  const parts = [file, line === undefined ? '' : `line ${line}`, column === undefined ? '' : `column ${column}`];
  return parts.filter((part) => part !== '').join(', ');
}
