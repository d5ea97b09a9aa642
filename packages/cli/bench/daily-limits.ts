/**
 * Calls a day that a tier or edition allows. HubSpot: its API usage guidelines for private apps and static tokens, 2026.
 * Salesforce: "API Request Limits and Allocations", here with 10 licences.
 */
export const DAILY_LIMITS = {
  hubspot: [
    { name: 'Free and Starter', limit: 250_000 },
    { name: 'Professional', limit: 625_000 },
    { name: 'Enterprise', limit: 1_000_000 },
  ],
  salesforce: [
    { name: 'Developer', limit: 15_000 },
    { name: 'Enterprise, 10 licences', limit: 110_000 },
    { name: 'Unlimited, 10 licences', limit: 150_000 },
  ],
} as const;
