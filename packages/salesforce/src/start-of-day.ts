const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which a civil day begins in a named zone; where clocks skip midnight, the first instant after. */
export function startOfDay(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // the offset at the guessed instant may differ from the one that holds at the true one, so it is taken twice
  const guess = utc - offset(utc, timeZone);
  const found = utc - offset(guess, timeZone);
  // a midnight that the clocks skip has two candidates, and the earlier one lies in the day before
  return found + offset(found, timeZone) === utc ? found : Math.max(guess, found);
}

function offset(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    format(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function format(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}
