import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { FraudContext } from './fraud-context.ts';

/** What may be done about a finding, as in the signal. */
export type FraudAction = FraudSignal['action'];

/** One check as data, with the one function that looks. Docs and the command line print everything but `find`. */
export interface FraudCheck<Input extends keyof FraudContext = keyof FraudContext> {
  readonly id: string;
  /** What it looks for, in a few words. */
  readonly title: string;
  /** The parts of the context that it reads, and no others. Where one is not known, it finds nothing. */
  readonly inputs: readonly Input[];
  /** Which records and fields these come from, in words. */
  readonly from: string;
  /** Whether it speaks about the claim itself or only about what is paid for it. */
  readonly about: 'claim' | 'reward';
  readonly action: FraudAction;
  readonly severity: FraudSignal['severity'];
  readonly reason: ReasonCode;
  /** For staff, in plain words. */
  readonly explanation: string;
  /** How the participant has it looked at again. */
  readonly appeal: string;
  /** What staff do when the finding is wrong. */
  readonly ifWrong: string;
  /** A signal that only tells counts so long; any other at least so long, and until its claim's last reward is due. */
  readonly expiresAfterDays: number;
  find(context: Pick<FraudContext, Input>): Finding | null;
}

/** What a check found: record ids, counts and digests only. Anything else given takes the place of the check's default. */
export interface Finding extends Partial<Pick<FraudCheck, 'action' | 'severity' | 'reason' | 'explanation'>> {
  readonly evidence: FraudSignal['evidence'];
}

/** Declares a check; the compiler holds `find` to the declared inputs. */
export function fraudCheck<const Input extends keyof FraudContext>(check: FraudCheck<Input>): FraudCheck {
  return check;
}

/** The same words for every refusal, so that the way to appeal tells nothing about its reason (rule 11). */
export const APPEAL = 'The participant asks the owner of the program, within 30 days, to look at it again.';

/** What staff do when a finding is wrong, where nothing better is known. */
export const IF_WRONG =
  'Accept the claim by hand with a reason; if it comes again, switch the check off for the participant.';
