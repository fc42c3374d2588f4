import theme from 'vitepress/theme-without-fonts'
import { h } from 'vue'
import './site.css'
import { mendSearch } from './mend-search.ts'
import { notFound } from './not-found.ts'

export default {
  extends: theme,
  Layout: () => h(theme.Layout, null, { 'not-found': notFound }),
  enhanceApp: () => {
    if (typeof document !== 'undefined') mendSearch()
  },
}
