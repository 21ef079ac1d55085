import { slug, uuid } from './rules.js';
import { PathPart } from './shape.js';

/** The id of a project in an address. */
export const ProjectId = PathPart('project', slug(3));

/** The id of an entry in an address. */
export const EntryId = PathPart('entry', uuid);
