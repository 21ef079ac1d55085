import type { ReactNode } from 'react';
import type { ProjectFigure } from './film/frame-words.js';
import type { Point } from './movers.js';

/** The ids of the entries that a figure of a project rests on at a point of both clocks. */
export type Find = (figure: ProjectFigure, point: Point) => string[];

/** A figure of a project at a point of both clocks, as something that opens into the entries it rests on there. */
export type Opened = (figure: ProjectFigure, words: string, point: Point) => ReactNode;
