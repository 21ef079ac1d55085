import type { ReactNode } from 'react';
import type { ProjectFigure } from './film/frame-words.js';
import type { Point } from './movers.js';

/** The ids of the entries behind a figure of a project at a point of both clocks. */
export type Find = (figure: ProjectFigure, point: Point) => string[];

/** Renders a figure of a project at a point of both clocks as a link to its entries. */
export type Opened = (figure: ProjectFigure, words: string, point: Point) => ReactNode;
