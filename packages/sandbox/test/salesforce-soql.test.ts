import { beforeAll, describe, expect, it } from 'vitest';
import { type TestOrg, testOrg } from './salesforce-request.ts';

let org: TestOrg;
let acme: string;
let beta: string;

beforeAll(() => {
  org = testOrg();
  org.sf.defineField('Account', 'Tags__c', 'multipicklist', { length: 4099 });
  acme = org.sf.create('Account', {
    Name: 'Acme',
    Type: 'Customer - Direct',
    AnnualRevenue: 100,
    NumberOfEmployees: 5,
    Tags__c: 'red;blue',
    BillingCity: 'Oslo',
  });
  beta = org.sf.create('Account', {
    Name: 'beta',
    Type: 'Prospect',
    AnnualRevenue: 300,
    ParentId: acme,
    Tags__c: 'green',
  });
  org.sf.create('Account', { Name: "O'Neil \\ 50%_x", AnnualRevenue: 200, Type: 'Prospect' });
  org.sf.create('Contact', { LastName: 'Berg', FirstName: 'Ada', AccountId: acme, Email: 'ada@example.com' });
  org.sf.create('Contact', { LastName: 'Dahl', AccountId: acme });
  org.sf.create('Contact', { LastName: 'Lund', AccountId: beta });
  const deal = (Name: string, StageName: string, Amount: number, CloseDate: string, AccountId: string) =>
    org.sf.create('Opportunity', { Name, StageName, Amount, CloseDate, AccountId });
  deal('one', 'Closed Won', 10, '2026-01-15', acme);
  deal('two', 'Closed Won', 20, '2026-02-15', acme);
  deal('three', 'Closed Lost', 40, '2025-12-31', beta);
});

const names = (soql: string): unknown[] => org.rows(soql).map((row) => row.Name);
const refusal = (soql: string): string => {
  const answer = org.query(soql);
  expect(answer.status).toBe(400);
  return answer.body[0].errorCode as string;
};

describe('SOQL: conditions', () => {
  it.each([
    ["Name = 'ACME'", ['Acme']],
    ["Name != 'acme'", ['beta', "O'Neil \\ 50%_x"]],
    ["Name IN ('ACME', 'Beta')", ['Acme', 'beta']],
    ["Name NOT IN ('ACME', 'Beta')", ["O'Neil \\ 50%_x"]],
    ["Name LIKE 'a%'", ['Acme']],
    ["Name LIKE '_eta'", ['beta']],
    ["Name LIKE 'be-%' OR (NOT Name LIKE '%-%' AND Name LIKE 'b%')", ['beta']],
    ["Name != null AND (NOT Name LIKE 'a%') AND ParentId != null", ['beta']],
    ["Name LIKE '%50\\%\\_x'", ["O'Neil \\ 50%_x"]],
    ["Name = 'O\\'Neil \\\\ 50%_x'", ["O'Neil \\ 50%_x"]],
    ['ParentId = null', ['Acme', "O'Neil \\ 50%_x"]],
    ['ParentId != null', ['beta']],
    ['AnnualRevenue > 100 AND AnnualRevenue <= 300', ['beta', "O'Neil \\ 50%_x"]],
    ["Type = 'Prospect' AND (Name = 'beta' OR AnnualRevenue < 150)", ['beta']],
    ["Name = 'acme' OR Name = 'beta'", ['Acme', 'beta']],
    ["NOT Name = 'acme'", ['beta', "O'Neil \\ 50%_x"]],
    ["NOT (Name = 'acme' OR Name = 'beta')", ["O'Neil \\ 50%_x"]],
    ["(NOT Type = 'Prospect') AND Name != null", ['Acme']],
    ["Parent.Name = 'acme'", ['beta']],
    ["Tags__c INCLUDES ('red;blue', 'black')", ['Acme']],
    ["Tags__c EXCLUDES ('red')", ['beta', "O'Neil \\ 50%_x"]],
    ['Id IN (SELECT AccountId FROM Contact WHERE Email != null)', ['Acme']],
    ['Id NOT IN (SELECT AccountId FROM Contact)', ["O'Neil \\ 50%_x"]],
    ['IsDeleted = false AND NumberOfEmployees = 5', ['Acme']],
    ["a.Name = 'acme'", ['Acme']],
  ])('WHERE %s', (condition, expected) => {
    expect(names(`SELECT Name FROM Account a WHERE ${condition} ORDER BY Id`)).toEqual(expected);
  });

  it('dates compare as days, never shifted', () => {
    expect(names('SELECT Name FROM Opportunity WHERE CloseDate = 2026-01-15')).toEqual(['one']);
    expect(names('SELECT Name FROM Opportunity WHERE CloseDate >= 2026-01-01 ORDER BY CloseDate DESC')).toEqual([
      'two',
      'one',
    ]);
    expect(names('SELECT Name FROM Opportunity WHERE CloseDate = LAST_YEAR')).toEqual(['three']);
    expect(names('SELECT Name FROM Opportunity WHERE CloseDate < THIS_YEAR')).toEqual(['three']);
    expect(names('SELECT Name FROM Opportunity WHERE CALENDAR_MONTH(CloseDate) = 2')).toEqual(['two']);
  });
});

describe('SOQL: results', () => {
  it('orders with nulls first unless told otherwise, text without regard to case', () => {
    expect(names('SELECT Name FROM Account ORDER BY Name')).toEqual(['Acme', 'beta', "O'Neil \\ 50%_x"]);
    expect(names('SELECT Name FROM Account ORDER BY BillingCity, Name')).toEqual(['beta', "O'Neil \\ 50%_x", 'Acme']);
    expect(names('SELECT Name FROM Account ORDER BY BillingCity NULLS LAST, Name DESC LIMIT 2')).toEqual([
      'Acme',
      "O'Neil \\ 50%_x",
    ]);
    expect(names('SELECT Name FROM Account ORDER BY AnnualRevenue DESC LIMIT 1 OFFSET 1')).toEqual(["O'Neil \\ 50%_x"]);
  });

  it('nests parents and children, with null for a parent or a list that is not there', () => {
    const [first, second] = org.query(
      'SELECT Name, Parent.Name, Parent.Owner.Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC) FROM Account ORDER BY Id LIMIT 2',
    ).body.records;
    expect(first.Parent).toBeNull();
    expect(first.Contacts).toMatchObject({
      totalSize: 2,
      done: true,
      records: [{ LastName: 'Dahl' }, { LastName: 'Berg' }],
    });
    expect(second.Parent).toEqual({
      attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${acme}` },
      Name: 'Acme',
      Owner: { attributes: expect.objectContaining({ type: 'User' }), Name: 'Integration User' },
    });
    expect(second.attributes.url).toBe(`/services/data/v66.0/sobjects/Account/${beta}`);
    expect(
      org.query("SELECT (SELECT Id FROM Opportunities WHERE Amount > 1000) FROM Account WHERE Name = 'Acme'").body
        .records[0].Opportunities,
    ).toBeNull();
  });

  it('counts, sums and groups', () => {
    expect(org.query('SELECT COUNT() FROM Contact').body).toEqual({ totalSize: 3, done: true, records: [] });
    expect(
      org.rows('SELECT COUNT(Id), SUM(Amount) total, MIN(CloseDate), MAX(Amount), AVG(Amount) FROM Opportunity'),
    ).toEqual([{ expr0: 3, total: 70, expr1: '2025-12-31', expr2: 40, expr3: 70 / 3 }]);
    expect(
      org.rows('SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName ORDER BY COUNT(Id) DESC'),
    ).toEqual([
      { StageName: 'Closed Won', n: 2 },
      { StageName: 'Closed Lost', n: 1 },
    ]);
    expect(org.rows('SELECT StageName FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1')).toEqual([
      { StageName: 'Closed Won' },
    ]);
    expect(
      org.rows('SELECT Account.Name, SUM(Amount) FROM Opportunity GROUP BY Account.Name ORDER BY Account.Name'),
    ).toEqual([
      { Name: 'Acme', expr0: 30 },
      { Name: 'beta', expr0: 40 },
    ]);
    expect(
      org.rows(
        'SELECT CALENDAR_YEAR(CloseDate) y, COUNT(Id) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate) ORDER BY CALENDAR_YEAR(CloseDate)',
      ),
    ).toEqual([
      { y: 2025, expr0: 1 },
      { y: 2026, expr0: 2 },
    ]);
    expect(org.rows('SELECT COUNT_DISTINCT(Type) FROM Account')).toEqual([{ expr0: 2 }]);
  });

  it('FIELDS(ALL) needs LIMIT 200 and gives every visible field', () => {
    expect(refusal('SELECT FIELDS(ALL) FROM Account')).toBe('MALFORMED_QUERY');
    const [record] = org.query('SELECT FIELDS(ALL) FROM Account LIMIT 1').body.records;
    const described = org
      .call('GET', '/sobjects/Account/describe')
      .body.fields.map((field: { name: string }) => field.name);
    expect(Object.keys(record).filter((key) => key !== 'attributes')).toEqual(described);
  });

  it('names are answered in the schema’s own spelling', () => {
    expect(org.rows("select NAME, owner.NAME from account where name = 'acme'")[0]).toMatchObject({
      Name: 'Acme',
      Owner: { Name: 'Integration User' },
    });
  });
});

describe('SOQL: refusals', () => {
  it.each([
    ['SELECT Id FROM Account WHERE Name = 1', 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE AnnualRevenue = '1'", 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE SystemModstamp > '2026-01-01'", 'INVALID_FIELD'],
    ['SELECT Id FROM Account WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE Description = 'x'", 'INVALID_FIELD'],
    ["SELECT Id FROM Account WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['SELECT Id FROM Account WHERE Id IN ()', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY'],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Nothing', 'INVALID_TYPE'],
    ['SELECT Id, Boss.Name FROM Account', 'INVALID_FIELD'],
    ['SELECT (SELECT Id FROM Nothings) FROM Account', 'INVALID_FIELD'],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY'],
    ['SELECT SUM(Name) FROM Account', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Account LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
  ])('%s', (soql, code) => {
    expect(refusal(soql)).toBe(code);
  });

  it('no query at all', () => {
    expect(org.call('GET', '/query').body[0].errorCode).toBe('MALFORMED_QUERY');
  });
});
