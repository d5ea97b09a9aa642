export type { EmulatedRequest, EmulatedResponse, Emulator, JournalEntry, SandboxClock } from './emulator.ts';
export { type InProcess, inProcess } from './in-process.ts';
export { type Listening, listen } from './listen.ts';
export type { ServeOptions } from './serve.ts';
