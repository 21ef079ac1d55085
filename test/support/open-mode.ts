/** Tests ask as everybody may who reaches an open service, unless they are about who may do what. */
export const openToAll = { isOpen: () => true };
