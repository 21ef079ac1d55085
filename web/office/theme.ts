import { createTheme } from '@mantine/core';

/** The colours and fonts of the office; filled colours are dark enough for white text. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  fontFamily:
    "-apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif",
  defaultRadius: 'sm',
  respectReducedMotion: true,
  // Dialogues open without a transition, because fading text cannot be read.
  components: { Modal: { defaultProps: { transitionProps: { duration: 0 } } } },
});
