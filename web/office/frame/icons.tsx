import { Icon } from '../../shared/icon.js';

/** A roof on its floors, as on the tab of the browser. */
export const MarkIcon = () => (
  <Icon>
    <path d="M2.5 8.5L9 3l6.5 5.5M4.5 8v7h9V8M4.5 11.5h9" />
  </Icon>
);
export const ProjectsIcon = () => (
  <Icon>
    <path d="M3 8.5L9 3l6 5.5V15H3z" />
  </Icon>
);
export const AlertsIcon = () => (
  <Icon>
    <path d="M3 13c1.2-1 1.5-2.5 1.5-5a4.5 4.5 0 019 0c0 2.5.3 4 1.5 5zM7.3 15.2a2 2 0 003.4 0" />
  </Icon>
);
export const MoreIcon = () => (
  <Icon>
    <path d="M4 9h.01M9 9h.01M14 9h.01" strokeWidth="2.4" />
  </Icon>
);
