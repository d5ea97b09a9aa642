const ADDRESS = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+\.[a-z]{2,}/giu;

/** Takes e-mail addresses out of a text that people typed and that goes where no address belongs. */
export function maskAddresses(text: string): string {
  return text.replaceAll(ADDRESS, '(an e-mail address)');
}

/**
 * What a record is called wherever it leaves the store: its name without any e-mail address that somebody typed into
 * it, or its id when it has none.
 */
export function displayName({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? id : maskAddresses(name);
}
