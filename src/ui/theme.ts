import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core'

// Ten shades from wash to deep; index 6 is the colour of the light scheme, index 4 that of the dark one.
const sea: MantineColorsTuple = ['#e8f1f6', '#cfe3ee', '#a5cce2', '#7fbfe2', '#5fb2de', '#2f86b6', '#0f5e8c', '#0d5480', '#0b4a70', '#083a58']
const terracotta: MantineColorsTuple = ['#fbebe6', '#f6d5cb', '#f2b9a9', '#ee9e88', '#e98467', '#d05f42', '#b8452a', '#a63d24', '#963620', '#742a19']
const leaf: MantineColorsTuple = ['#edf4e6', '#dceacf', '#c3dcae', '#afd093', '#9cc47a', '#6f9b4b', '#47702a', '#406626', '#385a21', '#2a441a']
const stone: MantineColorsTuple = ['#fbf9f5', '#f4f0e9', '#e6e1d8', '#cfc8bc', '#a59d92', '#8f877b', '#6b655d', '#4c4741', '#34302b', '#1e1c1a']
// Mantine takes its dark surfaces, lines and texts from the tuple called dark.
const dark: MantineColorsTuple = ['#f1ede6', '#c9c1b6', '#a59d92', '#7d7468', '#34302b', '#2a2723', '#1f1d1a', '#161513', '#11100e', '#0c0b0a']

const tones: Readonly<Record<string, string>> = { sea: 'sea', terracotta: 'terracotta', leaf: 'leaf' }

// Every pair of text and ground keeps 4.5:1 in both schemes, also at 12 px.
const variantColorResolver: VariantColorsResolver = (input) => {
  const tone = tones[input.color ?? 'sea']
  const none = '1px solid transparent'
  if (input.variant === 'default') return { background: 'var(--raised)', hover: 'var(--sunken)', color: 'var(--ink)', border: '1px solid var(--line)' }
  if (input.color === 'stone' || input.color === 'gray') {
    if (input.variant === 'light' || input.variant === 'filled') return { background: 'var(--sunken)', hover: 'var(--line)', color: 'var(--ink)', border: none }
    return { background: 'transparent', hover: 'var(--sunken)', color: 'var(--soft)', border: input.variant === 'outline' ? '1px solid var(--line)' : none }
  }
  if (!tone) return defaultVariantColorsResolver(input)
  const ink = `var(--${tone})`
  if (input.variant === 'filled') return { background: ink, hover: `var(--${tone}-deep, ${ink})`, color: `var(--on-${tone}, var(--paper))`, border: none }
  if (input.variant === 'outline') return { background: 'transparent', hover: `var(--${tone}-wash)`, color: ink, border: `1px solid ${ink}` }
  if (input.variant === 'light') return { background: `var(--${tone}-wash)`, hover: `color-mix(in srgb, ${ink} 18%, var(--raised))`, color: `var(--${tone}-deep, ${ink})`, border: none }
  return { background: 'transparent', hover: `var(--${tone}-wash)`, color: ink, border: none }
}

export const theme = createTheme({
  colors: { sea, terracotta, leaf, stone, dark, gray: stone },
  primaryColor: 'sea',
  primaryShade: { light: 6, dark: 4 },
  variantColorResolver,
  white: '#ffffff', black: '#1e1c1a',
  fontFamily: "'Commissioner Variable', 'Helvetica Neue', Arial, sans-serif",
  headings: {
    fontFamily: "'Commissioner Variable', 'Helvetica Neue', Arial, sans-serif", fontWeight: '600',
    sizes: { h1: { fontSize: '24px', lineHeight: '1.25' }, h2: { fontSize: '18px', lineHeight: '1.35' }, h3: { fontSize: '15px', lineHeight: '1.4' } },
  },
  fontSizes: { xs: '12px', sm: '13px', md: '15px', lg: '18px', xl: '24px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.4', xl: '1.3' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '8px', xl: '8px' },
  defaultRadius: 'md',
  shadows: { xs: 'none', sm: 'none', md: 'var(--floats)', lg: 'var(--floats)', xl: 'var(--floats)' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    // A Greek capital's accent stands before the letter, outside its box: the label must not cut it off.
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550, paddingInline: 3, marginInline: -3 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'stone', size: 'md' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 12 } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { position: 'right', overlayProps: { backgroundOpacity: 0.25 }, transitionProps: { duration: 140 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Select: { defaultProps: { comboboxProps: { shadow: 'md' } } },
    InputWrapper: { styles: { description: { marginBlock: 1 }, label: { marginBottom: 3 } } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } },
    Textarea: { defaultProps: { autosize: true, minRows: 3 } },
  },
})

export const cssVariables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--paper)', '--mantine-color-text': 'var(--ink)', '--mantine-color-dimmed': 'var(--soft)',
    '--mantine-color-default': 'var(--raised)', '--mantine-color-default-hover': 'var(--sunken)', '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-anchor': 'var(--sea)', '--mantine-color-placeholder': 'var(--soft)', '--mantine-color-error': 'var(--terracotta)',
    '--mantine-primary-color-filled': 'var(--sea)', '--mantine-primary-color-filled-hover': 'var(--sea-deep)', '--mantine-primary-color-contrast': 'var(--on-sea)',
    '--mantine-color-disabled': 'var(--sunken)', '--mantine-color-disabled-color': 'var(--soft)', '--mantine-color-disabled-border': 'var(--line)',
  }
  return { variables: { '--mantine-shadow-md': 'var(--floats)' }, light: ours, dark: ours }
}
