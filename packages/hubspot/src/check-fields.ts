import type { EntityName, Problem, Rule, Source } from '@holdfast/core';
import type { CallOptions } from './client.ts';
import { day, flag, integer, money, number } from './codecs.ts';
import { maps as standardMaps } from './maps/index.ts';
import { readProperties } from './probe.ts';
import { differsFrom, otherType } from './schema/compare.ts';
import { wantedProperties } from './schema/wanted.ts';
import type { PropertyInfo, Session } from './session.ts';

/** Problems with our own properties, and with those that the configuration names, in the portal as it is now. */
export async function fieldProblems(session: Session, call: CallOptions): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const object of session.schema.keys()) {
    const live = await readProperties(session.client, object, call);
    problems.push(...ownProblems(session, object, live), ...namedProblems(session, object, live));
  }
  return problems;
}

function ownProblems({ notes }: Session, object: string, live: ReadonlyMap<string, PropertyInfo>): readonly Problem[] {
  const wanted = wantedProperties(notes).filter((one) => one.object === object);
  const missing = wanted.filter((one) => !live.has(one.name)).map((one) => one.name);
  const others = wanted.flatMap((one) => {
    const found = live.get(one.name);
    const difference = found === undefined ? null : differsFrom(one, found);
    return difference === null ? [] : [otherType(one, difference)];
  });
  if (missing.length === 0) return others;
  const message = `${object} lacks ${missing.join(', ')}: run "holdfast install"; until then they are not written.`;
  return [...others, { severity: 'warning', code: 'not-installed', message }];
}

/** A property that the configuration names must exist, and hold what its field holds. */
function namedProblems(session: Session, object: string, live: ReadonlyMap<string, PropertyInfo>): readonly Problem[] {
  return namedRules(session)
    .filter((named) => named.object === object)
    .flatMap(({ entity, field, rule }): readonly Problem[] => {
      const found = live.get(rule.name);
      if (found === undefined) {
        const message = `The configuration names ${rule.name} for ${entity}.${field}, and ${object} has no such property: mend "fields".`;
        return [{ severity: 'error', code: 'missing-field', message }];
      }
      const fits = fittingTypes(rule);
      if (fits === null || fits.includes(found.type)) return [];
      const message = `The configuration names ${rule.name} for ${entity}.${field}, but it is of type ${found.type}, not ${fits.join(' or ')}: mend "fields".`;
      return [{ severity: 'error', code: 'field-type', message }];
    });
}

interface NamedRule {
  readonly entity: string;
  readonly object: string;
  readonly field: string;
  readonly rule: Extract<Rule<unknown>, { readonly rule: 'field' }>;
}

/** Rules that the configuration put in place of the standard ones. */
function namedRules(session: Session): readonly NamedRule[] {
  return Object.entries(session.maps).flatMap(([entity, map]) => {
    const standard = standardMaps[entity as EntityName];
    if ('unavailable' in map || 'unavailable' in standard) return [];
    const before = standard.sources as readonly Source<EntityName>[];
    return (map.sources as readonly Source<EntityName>[]).flatMap((source, index) =>
      (Object.entries(source.fields) as [string, Rule<unknown>][]).flatMap(([field, rule]) => {
        const old = (before[index]?.fields as Readonly<Record<string, Rule<unknown>>> | undefined)?.[field];
        return rule.rule === 'field' && rule !== old ? [{ entity, object: source.object, field, rule }] : [];
      }),
    );
  });
}

/** Property types that a codec can read; `null` for any. */
function fittingTypes({ codec }: NamedRule['rule']): readonly string[] | null {
  const is = (one: unknown) => codec === one;
  if (is(day)) return ['date', 'datetime'];
  if (is(number) || is(integer) || is(money)) return ['number'];
  return is(flag) ? ['bool'] : null;
}
