/** An address for the log: no host, no query, ids and version replaced, so that equal calls count as one route. */
export function routeOf(address: string): string {
  return new URL(address).pathname
    .split('/')
    .map((part, index, parts) => {
      if (/^v?\d+\.0$/.test(part)) return '{version}';
      if (parts[index - 1] === 'query' || parts[index - 1] === 'queryAll') return '{locator}';
      return /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(part) && /\d/.test(part) ? '{id}' : part;
    })
    .join('/');
}
