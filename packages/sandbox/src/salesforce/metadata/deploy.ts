import { type Deployment, type Org, type OrgUser, seconds } from '../org.ts';
import type { Author } from '../write/commit.ts';
import { type Applied, applyComponents, applyDeletion } from './apply.ts';
import { type Package, readPackage } from './package.ts';

/** What a deployment may be told; the platform's defaults. */
export interface DeployOptions {
  readonly checkOnly: boolean;
  readonly rollbackOnError: boolean;
}

/** Runs a deployment at once and keeps its result; polls see it done after the configured number of looks. */
export function startDeploy(org: Org, user: OrgUser, zip: Uint8Array, options: DeployOptions): Deployment {
  const id = org.ids.next('0Af');
  const result = runDeploy(org, user, id, zip, options);
  const deployment: Deployment = { id, result, pollsLeft: org.settings.deployPolls ?? 0 };
  org.deployments.set(id, deployment);
  return deployment;
}

function runDeploy(
  org: Org,
  user: OrgUser,
  id: string,
  zip: Uint8Array,
  options: DeployOptions,
): Record<string, unknown> {
  const undo: (() => void)[] = [];
  const author: Author = { by: 'api', userId: user.id, request: org.counters.request, undo };
  const read = tryRead(zip);
  if ('failure' in read) return resultOf(org, user, id, options, [], read.failure);
  const applied = applyPackage(org, author, read.package);
  const failed = applied.some((component) => component.problem !== undefined);
  if (options.checkOnly || (failed && options.rollbackOnError)) while (undo.length > 0) undo.pop()?.();
  return resultOf(org, user, id, options, applied);
}

function tryRead(zip: Uint8Array): { readonly package: Package } | { readonly failure: string } {
  try {
    return { package: readPackage(zip) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Deletions come first but for those of destructiveChangesPost.xml. */
function applyPackage(org: Org, author: Author, read: Package): readonly Applied[] {
  const unreadable = read.problems.map(({ file, problem, line }) => ({
    type: '',
    fullName: file,
    file,
    problem,
    line,
  }));
  const isPost = (file: string): boolean => file.includes('Post');
  const remove = (post: boolean): readonly Applied[] =>
    read.deletions
      .filter(({ file }) => isPost(file) === post)
      .map(({ type, fullName, file }) => applyDeletion(org, author, type, fullName, file));
  return [...unreadable, ...remove(false), ...applyComponents(org, author, read.components), ...remove(true)];
}

function resultOf(
  org: Org,
  user: OrgUser,
  id: string,
  options: DeployOptions,
  applied: readonly Applied[],
  failure?: string,
): Record<string, unknown> {
  const now = new Date(seconds(org) * 1000).toISOString();
  const failures = applied.filter((component) => component.problem !== undefined);
  const failed = failures.length > 0 || failure !== undefined;
  const partial = failed && !options.rollbackOnError && failures.length < applied.length && failure === undefined;
  return {
    checkOnly: options.checkOnly,
    completedDate: now,
    createdBy: user.id,
    createdByName: user.name ?? user.username,
    createdDate: now,
    details: {
      componentFailures: failures.map((component) => message(now, component)),
      componentSuccesses: applied
        .filter((component) => component.problem === undefined)
        .map((component) => message(now, component)),
      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
    },
    done: true,
    ...(failure === undefined ? {} : { errorMessage: failure, errorStatusCode: 'INVALID_OPERATION' }),
    id,
    ignoreWarnings: false,
    lastModifiedDate: now,
    numberComponentErrors: failures.length,
    numberComponentsDeployed: applied.length - failures.length,
    numberComponentsTotal: applied.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: false,
    startDate: now,
    status: failed ? (partial ? 'SucceededPartial' : 'Failed') : 'Succeeded',
    success: !failed || partial,
  };
}

function message(now: string, component: Applied): Record<string, unknown> {
  const problem = component.problem;
  return {
    changed: component.changed === true,
    componentType: component.type,
    created: component.created === true,
    createdDate: now,
    deleted: component.deleted === true,
    fileName: component.file,
    fullName: component.fullName,
    ...(problem === undefined
      ? {}
      : { lineNumber: component.line ?? 1, columnNumber: 1, problem, problemType: 'Error' }),
    success: problem === undefined,
  };
}

/** The result as one look sees it: still running while looks are left. */
export function lookAt(deployment: Deployment): Readonly<Record<string, unknown>> {
  if (deployment.pollsLeft <= 0) return deployment.result;
  deployment.pollsLeft -= 1;
  const { completedDate: _completed, details: _details, ...rest } = deployment.result;
  return { ...rest, done: false, status: 'InProgress', success: false, numberComponentsDeployed: 0 };
}
