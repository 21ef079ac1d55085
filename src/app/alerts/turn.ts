/** Whether it is this replica's turn to judge and to deliver; one replica at a time has it. */
export interface Turn {
  /** Asked before every act: a turn may end at any moment. */
  isMine(): boolean;
  /** Calls back each time the turn has come to this replica; not for one that it has already. */
  onMine(listener: () => void): void;
  /** Hands the turn over to the others at once. */
  close(): Promise<void>;
}

/** The turn of an installation of one replica: it always has it. */
export const alwaysMine: Turn = {
  isMine: () => true,
  onMine: () => undefined,
  close: async () => undefined,
};
