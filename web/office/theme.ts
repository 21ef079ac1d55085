import { createTheme } from '@mantine/core';

/** The colours and fonts of the office; filled colours are dark enough for white text. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  fontFamily:
    "-apple-system, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif",
  defaultRadius: 'sm',
  respectReducedMotion: true,
  // A dialogue is there at once; what fades in cannot be read meanwhile.
  components: { Modal: { defaultProps: { transitionProps: { duration: 0 } } } },
});
