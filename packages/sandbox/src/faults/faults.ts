/** What can go wrong on the wire. `before` means nothing was committed; `after` means the CRM did the work and the answer was lost. */
export type FaultKind =
  | 'rate-limit-burst'
  | 'rate-limit-search'
  | 'rate-limit-daily'
  | 'rate-limit-html'
  | 'server-error-before'
  | 'server-error-after'
  | 'bad-gateway-html'
  | 'drop-before'
  | 'drop-after'
  | 'truncate'
  | 'hang'
  | 'token-expired'
  | 'token-malformed'
  | 'row-lock'
  | 'locked';

/** Decides, request by request, whether something goes wrong. */
export interface FaultPlan {
  next(request: { readonly method: string; readonly path: string; readonly number: number }): FaultKind | undefined;
}
