import { unavailable } from './rules.ts';

/** HubSpot's own contracts are a paid beta whose property names are not published: the renewal lives on the company. */
export const contract = unavailable(
  'HubSpot contracts are not read yet: name the company properties of the renewal date and amount under "fields"',
);
