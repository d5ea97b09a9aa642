/**
 * Loaded before the `holdfast` command (`--import`): moves the process's `Date` by `CLOCK_SHIFT_MS`, so that a command
 * which runs today sees the day on which the book ends. Nobody with a live CRM needs this.
 */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? 0);
const now = () => realDate.now() + shiftMs;
const realDate = Date;

globalThis.Date = new Proxy(realDate, {
  apply: () => new realDate(now()).toString(),
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
