import type { Settings } from '../../config/settings.js';

/** What was found of one thing that the service needs. */
export interface Finding {
  readonly subject: string;
  /** `unused`: the settings do not ask for it. */
  readonly state: 'fine' | 'wrong' | 'unused';
  readonly text: string;
  /** What to do; for what is wrong. */
  readonly remedy?: string;
}

/** Looks at one thing. It throws nothing that the thing's own failure causes. */
export type Check = (settings: Settings) => Promise<Finding>;

export const fine = (subject: string, text: string): Finding => ({ subject, state: 'fine', text });

export const wrong = (subject: string, text: string, remedy: string): Finding => ({
  subject,
  state: 'wrong',
  text,
  remedy,
});

export const unused = (subject: string, text: string): Finding => ({
  subject,
  state: 'unused',
  text,
});

/** An error's message on one line, without a URL in it, which may hold a password. */
export function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  if (cause instanceof Error) return reasonOf(cause);
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  if (first !== undefined) return reasonOf(first);
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.replace(/\s+/g, ' ').replace(/\b[a-z]+:\/\/\S+/gi, '(URL)');
}
