/** What the state of a stream answers to a command: new events, or what already says the same. A refusal is thrown. */
export type Decision<Event, Entry> = { append: readonly Event[] } | { alreadySaid: Entry };
