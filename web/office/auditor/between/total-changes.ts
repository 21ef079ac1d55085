import type { TotalChangesAnswer } from '../../../../src/app/topout.js';
import type { Localised } from '../../../../src/http/answers/language.js';

/** `GET /portfolio/changes` */
export type TotalChanges = Localised<TotalChangesAnswer>;
