import type { FaultKind } from '../../faults/faults.ts';
import { expired } from './access.ts';
import { batchError } from './api-error.ts';
import type { Reply } from './call.ts';
import type { LimitReached } from './limiter.ts';

/** An HTML page, as HubSpot's edge and its routers send for what never reached an API. */
export function htmlPage(status: number, title: string): Reply {
  return {
    status,
    headers: { 'Content-Type': 'text/html;charset=utf-8' },
    body: `<!DOCTYPE html>\n<html>\n<head><title>${status} ${title}</title></head>\n<body>\n<h1>${status} ${title}</h1>\n</body>\n</html>\n`,
  };
}

/** The 429 of a limit. Search's has a category and no policy; the others have a policy and no category (recorded so). */
export function limitReply(limit: LimitReached, correlationId: string): Reply {
  if (limit === 'search') {
    const message = 'You have reached your secondly limit.';
    return { status: 429, body: { status: 'error', message, correlationId, category: 'RATE_LIMITS' } };
  }
  const policy = limit === 'burst' ? 'TEN_SECONDLY_ROLLING' : 'DAILY';
  return {
    status: 429,
    body: {
      status: 'error',
      message: `You have reached your ${policy === 'DAILY' ? 'daily' : 'ten_secondly_rolling'} limit.`,
      errorType: 'RATE_LIMIT',
      correlationId,
      policyName: policy,
      groupName: limit === 'burst' ? 'publicapi:private-apps-api-burst' : 'publicapi:private-apps-api-daily',
    },
  };
}

/** What HubSpot answers when an injected fault strikes. Faults of the connection itself have no answer: a 502 stands in. */
export function faultReply(kind: FaultKind, correlationId: string, now: number): Reply {
  const error = (status: number, message: string): Reply => ({
    status,
    body: { status: 'error', message, correlationId },
  });
  switch (kind) {
    case 'rate-limit-burst':
      return limitReply('burst', correlationId);
    case 'rate-limit-search':
      return limitReply('search', correlationId);
    case 'rate-limit-daily':
      return limitReply('daily', correlationId);
    case 'rate-limit-html':
      return htmlPage(429, 'Too Many Requests');
    case 'server-error-before':
    case 'server-error-after':
      return error(500, 'internal error');
    case 'token-expired':
      return tokenReply(now - 60_000, now, correlationId);
    case 'token-malformed':
      return tokenReply(0, now, correlationId);
    case 'row-lock':
    case 'locked':
      return error(423, 'The resource is locked. Try again in a few seconds.');
    default:
      return htmlPage(502, 'Bad Gateway');
  }
}

function tokenReply(expiredAt: number, now: number, correlationId: string): Reply {
  const { category, message, context } = batchError(expired(expiredAt, now));
  return { status: 401, body: { status: 'error', message, correlationId, category, context } };
}
