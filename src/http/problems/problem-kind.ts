/** What a problem is called, which status it answers with, and what it means. */
export interface ProblemKind {
  status: number;
  title: { en: string; zh: string };
  means: string;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
}

/** A kind of problem as its table lists it: status, title in English and Chinese, meaning, and seconds to wait. */
export type ProblemRow = [status: number, en: string, zh: string, means: string, retryAfter?: number];
