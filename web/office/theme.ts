import { createTheme } from '@mantine/core';

/** The colours and fonts of the office; filled colours are dark enough for white text. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  fontFamily:
    "-apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif",
  defaultRadius: 'sm',
  // The dark scheme of Mantine, from the tokens.
  colors: {
    dark: [
      'var(--ink)',
      'var(--soft-ink)',
      'var(--quiet)',
      'var(--quiet)',
      'var(--edge)',
      'var(--soft-line)',
      'var(--paper)',
      'var(--paper)',
      'var(--ground)',
      'var(--ground)',
    ],
  },
  respectReducedMotion: true,
  // Dialogues open without a transition, because fading text cannot be read.
  components: { Modal: { defaultProps: { transitionProps: { duration: 0 } } } },
});
