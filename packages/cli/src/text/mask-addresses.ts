const ADDRESS = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+\.[a-z]{2,}/giu;

/** Takes e-mail addresses out of a text that people typed and that goes where no address belongs. */
export function maskAddresses(text: string): string {
  return text.replaceAll(ADDRESS, '(an e-mail address)');
}
