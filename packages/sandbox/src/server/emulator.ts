/** The sandbox's own time: tests advance it, `holdfast sandbox` passes the machine's. Milliseconds since the epoch. */
export interface SandboxClock {
  now(): number;
}

/** One request as an emulated CRM sees it; header names are lower-case. */
export interface EmulatedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an emulated CRM answers. A string body is sent as it is; the content type is in the headers. */
export interface EmulatedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** One value that a request changed, as the sandbox's journal keeps it. */
export interface JournalEntry {
  /** Number of the request (0 for an edit made by a person through `edit`). */
  readonly request: number;
  readonly at: number;
  readonly by: 'api' | 'person' | 'system';
  readonly action: 'create' | 'update' | 'archive' | 'restore' | 'merge' | 'erase' | 'link' | 'unlink' | 'schema';
  /** The vendor's own object name: `companies`, `Account`. */
  readonly object: string;
  readonly id: string;
  readonly field?: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** A CRM in memory: a pure-looking request handler over state, plus what tests need to look inside and to act as a person. */
export interface Emulator {
  readonly crm: 'hubspot' | 'salesforce';
  /** Answers one request and commits its effects. Never throws for bad input: the vendor's own error comes back. */
  handle(request: EmulatedRequest): EmulatedResponse;
  /** The vendor's own answer for a fault that the transport injects (a 429 of some kind, an HTML page, an expired token). */
  faultResponse(kind: import('../faults/faults.ts').FaultKind): EmulatedResponse;
  /** Everything that changed, in order; the as-of truth of the org. */
  readonly journal: readonly JournalEntry[];
  /** Number of requests answered so far, by `METHOD /path/template`. */
  readonly calls: ReadonlyMap<string, number>;
}
