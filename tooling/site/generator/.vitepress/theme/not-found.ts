import { withBase } from 'vitepress'
import { h } from 'vue'

/** The page of an address that leads nowhere. That of the generator has no landmark. */
export function notFound() {
  return h('main', { class: 'vp-doc not-found' }, [
    h('h1', 'There is no such page'),
    h('p', [h('a', { href: withBase('/') }, 'All pages')]),
  ])
}
