/** How many histories a property is tried on: 200, or as many as the environment asks for; a browser has none to ask. */
export const PROPERTY_RUNS = Number(globalThis.process?.env?.['HOLDFAST_RUNS'] ?? 200);
