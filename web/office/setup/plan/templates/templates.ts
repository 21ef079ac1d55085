import { commercial, housing, publicBuilding } from './buildings.js';
import { bridge, road, waterWorks } from './infrastructure.js';
import { plant } from './plant.js';
import type { Template } from './template.js';

/** All templates, the most widely applicable ones first. */
export const templates: readonly Template[] = [
  plant,
  housing,
  publicBuilding,
  road,
  bridge,
  waterWorks,
  commercial,
];

/** The templates, those that match a sector first. */
export function templatesFor(sector: string | undefined): { template: Template; fits: boolean }[] {
  const said = (sector ?? '').toLowerCase();
  const all = templates.map((template) => ({
    template,
    fits: said !== '' && template.sectors.some((word) => said.includes(word)),
  }));
  return [...all.filter(({ fits }) => fits), ...all.filter(({ fits }) => !fits)];
}
