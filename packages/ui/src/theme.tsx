import { type CSSVariablesResolver, MantineProvider, createTheme } from '@mantine/core';
import type { ReactNode } from 'react';

/** The button that closes an overlay has a name, and its head is no second banner of the page. */
const named = {
  closeButtonProps: { 'aria-label': 'Close' },
  attributes: { header: { role: 'presentation' } },
} as const;

const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  autoContrast: true,
  fontFamily:
    'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 200, events: { hover: true, focus: true, touch: true } },
    },
    Table: { defaultProps: { verticalSpacing: 'xs' } },
    Modal: { defaultProps: { centered: true, ...named } },
    Notification: { defaultProps: { closeButtonProps: named.closeButtonProps } },
    Drawer: { defaultProps: named },
  },
});

/** Dimmed text is dark enough to be read in both schemes (WCAG AA, 4.5 : 1 on every background that we use). */
const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6470',
    '--mantine-color-body': '#f7f8fa',
    '--mantine-color-green-light-color': '#1e6434',
    '--mantine-color-yellow-light-color': '#7a4f00',
    '--mantine-color-blue-light-color': '#155a9c',
    '--mantine-color-red-light-color': '#b02525',
    '--mantine-color-gray-light-color': '#444b54',
  },
  dark: { '--mantine-color-dimmed': '#a6adb8' },
});

/** The look of every web page of ours: light or dark, as the viewer's system says until they choose. */
export function AppTheme({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
