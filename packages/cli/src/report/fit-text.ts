/** Letters that are written from right to left. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
/** Marks that would turn what stands beside a name round. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const WIDE =
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Extended_Pictographic}/u;

/** A name that may stand beside others: one from right to left is set apart, so that it turns nothing around it. */
export function apart(name: string): string {
  const plain = name.replaceAll(TURNING, '');
  return FROM_RIGHT.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** Widths in pixels at 12 pixels of height in a wide font of screens; everything else is a small letter. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [WIDE, 13],
  [/[WM@%—…]/u, 12.5],
  [/[mw&]/u, 11],
  [/\p{Lu}/u, 9],
  [/[iljtfI.,:;'|!() ]/u, 4.8],
];
const LETTER = 7.5;

/** About how wide a text is drawn at 12 pixels, in pixels; rather too much than too little. */
export function textWidth(text: string): number {
  const widthOf = (letter: string) => WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? LETTER;
  return [...text].reduce((sum, letter) => sum + widthOf(letter), 0);
}

/** A name cut so that it fits into so many pixels, with an ellipsis where something is missing, set apart. */
export function fitName(name: string, width: number): string {
  if (textWidth(name) <= width) return apart(name);
  const letters = [...new Intl.Segmenter('en').segment(name.slice(0, 200))].map((it) => it.segment);
  let kept = '';
  for (const letter of letters) {
    if (textWidth(`${kept}${letter}…`) > width) break;
    kept += letter;
  }
  return apart(`${kept.trimEnd()}…`);
}
