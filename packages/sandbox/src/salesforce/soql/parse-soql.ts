import { createRequire } from 'node:module';

type Parser = Pick<typeof import('@jetstreamapp/soql-parser-js'), 'parseQuery'>;

let parser: Parser | undefined;

/** Parses a query; throws for what is no SOQL. The parser takes 200 ms to load, so it is loaded with the first query. */
export const parseSoql: Parser['parseQuery'] = (soql, options) => {
  // built as CommonJS, this file has a name and no URL
  parser ??= createRequire(typeof __filename === 'string' ? __filename : import.meta.url)(
    '@jetstreamapp/soql-parser-js',
  ) as Parser;
  return parser.parseQuery(soql, options);
};
