/** The data folder cannot be used; the sentence says what to do. */
export class DataFolderUnusable extends Error {}
