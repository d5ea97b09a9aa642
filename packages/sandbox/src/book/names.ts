/** First halves of company names. */
export const stems: readonly string[] =
  'Alder Amber Anchor Argent Aspen Atlas Aurora Basalt Beacon Birch Blackwater Bluebell Borealis Bramble Bridgeway Brightwell Cairn Calder Canyon Cedar Cinder Clearbrook Cobalt Copper Coral Crestline Cypress Delta Driftwood Eastgate Eddystone Elder Ember Fairfield Falcon Fenwick Fern Flint Foxglove Garnet Glacier Granite Greenfield Hallmark Harbour Hawthorn Hazel Heron Hillcrest Holm Indigo Ironbridge Ivory Jasper Juniper Kestrel Keystone Kingfisher Larch Lakeside Laurel Linden Lowland Magnet Maple Marble Meridian Midland Millstone Moorland Northfield Oakridge Obsidian Onyx Orchard Osprey Paragon Pebble Pinnacle Pioneer Plover Quarry Quartz Raven Redwood Ridgeway Riverside Rowan Saffron Sandstone Sequoia Silverline Slate Sparrow Spruce Sterling Stonebridge Summit Swift Tamarack Tidewater Timber Topaz Trident Umber Union Valley Vantage Verdant Walnut Westbrook Wharf Willow Yarrow Zenith'.split(
    ' ',
  );

/** Second halves, by industry. */
export const trades: Readonly<Record<string, readonly string[]>> = {
  Manufacturing: ['Tools', 'Castings', 'Bearings', 'Plastics', 'Packaging', 'Works', 'Instruments'],
  Wholesale: ['Trading', 'Supply', 'Distribution', 'Imports', 'Provisions'],
  Software: ['Systems', 'Labs', 'Software', 'Data', 'Cloud'],
  Logistics: ['Freight', 'Logistics', 'Shipping', 'Haulage'],
  'Health care': ['Clinics', 'Medical', 'Diagnostics', 'Pharma'],
  'Financial services': ['Capital', 'Insurance', 'Leasing'],
  Construction: ['Builders', 'Construction', 'Roofing', 'Concrete'],
  'Professional services': ['Consulting', 'Partners', 'Advisers', 'Engineering'],
  Retail: ['Stores', 'Outfitters', 'Markets'],
  Energy: ['Power', 'Solar', 'Utilities'],
};

/** Country, legal form, calling code: weights by repetition. */
export const places: readonly { readonly country: string; readonly form: string; readonly code: string }[] = [
  { country: 'United States', form: 'Inc.', code: '+1' },
  { country: 'United States', form: 'LLC', code: '+1' },
  { country: 'United States', form: 'Corp.', code: '+1' },
  { country: 'United Kingdom', form: 'Ltd', code: '+44' },
  { country: 'United Kingdom', form: 'plc', code: '+44' },
  { country: 'Germany', form: 'GmbH', code: '+49' },
  { country: 'Germany', form: 'AG', code: '+49' },
  { country: 'France', form: 'SAS', code: '+33' },
  { country: 'Netherlands', form: 'B.V.', code: '+31' },
  { country: 'Sweden', form: 'AB', code: '+46' },
  { country: 'Poland', form: 'Sp. z o.o.', code: '+48' },
  { country: 'Spain', form: 'S.L.', code: '+34' },
];

/** Names that break careless code: quotes, commas, other scripts, a leading digit, markup, an apostrophe. */
export const oddNames: readonly string[] = [
  'Müller & Söhne GmbH',
  'Łódź Meble S.A.',
  'O’Brien, Walsh "OWL" Ltd',
  "D'Arcy's Provisions",
  'Ærø Skibsværft A/S',
  '3rd Floor / Annex LLC',
  '株式会社あおば',
  'Žižkov <Tisk> s.r.o.',
  'Ñandú; Exportación',
  'Смола и Ко',
  '100% Linen, Inc.',
  'Back\\slash Co',
  'Nüll_Wert AG',
  'Éclair – Pâtisserie SARL',
  'Coffee ☕ Corner',
];

export const firstNames: readonly string[] =
  'Ada Adam Agnes Ahmed Aiko Alan Alba Alice Amara Amir Ana Andrei Anita Anna Antonio Astrid Ben Bianca Boris Carla Carlos Cecilia Chen Chloe Clara Daan Dana Daniel David Diego Dilip Dora Edith Elena Eliza Emil Emma Eric Esther Eva Fatima Felix Fiona Frank Freya Gabriel Georg Grace Greta Hana Hannah Hassan Hector Helen Hugo Ida Igor Ines Irene Isaac Ivan Jack Jan Jana Joan Jonas Jose Julia Karim Karin Kenji Klara Lars Laura Leila Leon Lina Lucas Lucia Magnus Maja Marco Maria Marta Martin Max Mei Mila Mina Miriam Nadia Naomi Nils Nina Noah Nora Olga Oliver Omar Oscar Paula Pavel Peter Petra Priya Quentin Rachel Rafael Raj Rita Robert Rosa Ruth Samir Sara Sean Selma Silvia Simon Sofia Stefan Stella Tara Teresa Theo Thomas Tom Uma Ursula Vera Victor Viola Walter Wanda Xenia Yara Yusuf Zara Zoe'.split(
    ' ',
  );

export const lastNames: readonly string[] =
  'Abbott Adler Ahmad Almeida Andersen Baker Barros Bauer Becker Bennett Berg Bianchi Blake Bose Brandt Brown Byrne Carlsen Carter Castro Chandra Chen Clarke Cohen Costa Cruz Dahl Davies Demir Diaz Dubois Dunn Eklund Ellis Evans Ferrari Fischer Fleming Fontaine Foster Fuchs Garcia Gibson Gomez Graham Grant Gupta Haas Hansen Harris Hayes Hoffman Holm Horvat Hughes Ibrahim Ito Ivanov Jansen Jensen Johansson Jones Kaya Keller Khan Kim Klein Kovacs Kowalski Kumar Lang Larsen Laurent Lee Lewis Lindgren Lopez Lund Maier Marino Martin Mendes Meyer Miller Mohamed Moreau Morgan Murphy Nagy Nakamura Nguyen Nielsen Novak Nowak Oliveira Olsen Ortiz Owen Park Patel Pereira Perez Petrov Popescu Quinn Rao Reyes Ricci Riley Rossi Roth Russo Sato Schmidt Schneider Shah Silva Singh Smith Sousa Stein Suzuki Svensson Tanaka Taylor Torres Turner Vargas Varga Vogel Wagner Walker Weber West White Wolf Wright Yamada Yilmaz Young Zhang Zimmermann'.split(
    ' ',
  );

/** What the selling company sells: subscriptions by seat, goods by piece, services by milestone. */
export const products = {
  seats: ['Platform seat', 'Planner seat', 'Analyst seat'],
  goods: ['Sensor kit', 'Gateway', 'Cable set', 'Mounting frame', 'Label printer', 'Scanner', 'Battery pack'],
  services: ['Onboarding', 'Integration', 'Training day', 'Data migration', 'Annual review'],
} as const;

/** Contact roles with a title each; the first is the person who speaks for us inside the account. */
export const roles: readonly { readonly role: string; readonly titles: readonly string[] }[] = [
  { role: 'champion', titles: ['Head of Operations', 'Operations Manager', 'Plant Manager'] },
  { role: 'decision maker', titles: ['Managing Director', 'COO', 'Head of Purchasing'] },
  { role: 'user', titles: ['Planner', 'Analyst', 'Shift Lead', 'Coordinator'] },
  { role: 'billing', titles: ['Accountant', 'Finance Manager'] },
  { role: 'technical', titles: ['IT Manager', 'Systems Engineer'] },
  { role: 'executive sponsor', titles: ['CEO', 'CFO'] },
];

/** Lower-case letters, digits and hyphens of a name, for domains and mail addresses; empty when nothing is left. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
