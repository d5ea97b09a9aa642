import { maskAddresses, type Problem } from '@holdfast/core';

/** A value that nobody has given a meaning is named in a problem; where people typed an address into it, the address is not. */
export function discreetProblem(problem: Problem): Problem {
  return { ...problem, message: maskAddresses(problem.message) };
}
