import { Icon } from '../shared/icon.js';

export const BackIcon = () => (
  <Icon>
    <path d="M11 4L6 9l5 5" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="M4 9.5l3.5 3.5L14.5 5.5" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5" />
    <path d="M12 12l3.5 3.5" />
  </Icon>
);
export const CloudIcon = () => (
  <Icon>
    <path d="M5 14h8a3 3 0 00.6-5.9A4.6 4.6 0 004.7 8 3 3 0 005 14z" />
  </Icon>
);
export const NoCloudIcon = () => (
  <Icon>
    <path d="M5.2 13.5h7.3a3 3 0 001.6-5.5 4.6 4.6 0 00-7-3M4.6 7.6a3 3 0 00-.4 5.8M3 3l12 12" />
  </Icon>
);
export const ClockIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="6.5" />
    <path d="M9 5.5V9l2.5 1.5" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M15.5 2.5L2.5 8l5 2.5L10 15.5z M7.5 10.5l8-8" />
  </Icon>
);
export const BinIcon = () => (
  <Icon>
    <path d="M3 5h12M7 5V3.5h4V5M4.5 5l.7 10h7.6l.7-10M7.5 8v4.5M10.5 8v4.5" />
  </Icon>
);
const MoneyIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="6.5" />
    <path d="M6.3 5.5L9 9l2.7-3.5M9 9v4M6.8 9.6h4.4M6.8 11.6h4.4" />
  </Icon>
);
const StallIcon = () => (
  <Icon>
    <path d="M6.2 2.5h5.6l3.7 3.7v5.6l-3.7 3.7H6.2l-3.7-3.7V6.2z" />
    <path d="M6.5 9h5" />
  </Icon>
);
const NoChangeIcon = () => (
  <Icon>
    <path d="M3 9h9M10 6l3 3-3 3M3 4.5h4M3 13.5h4" />
  </Icon>
);
const StageIcon = () => (
  <Icon>
    <path d="M4 16V3M4 3.5h9l-2 3 2 3H4" />
  </Icon>
);
/** The facts about the project at the foot of the page, by the names of their forms. */
export const dockIcons = {
  Money: MoneyIcon,
  Stall: StallIcon,
  NoChange: NoChangeIcon,
  StageEntered: StageIcon,
} as const;
