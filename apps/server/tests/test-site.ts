import { DEFAULT_BRAND } from '@latchkey/contract'
import type { Place, Site } from '../src/doors/pages/html/index.ts'
import { createPlaces } from '../src/doors/pages/places.ts'

interface TestSiteOptions {
  brand?: Partial<Place['brand']>
  basePath?: string
  /** The language that the address of the page asks for. */
  language?: string
  /** Whether the server has a portal. */
  portalServed?: boolean
}

/** The site of a page that is drawn without a server. */
export function createTestSite(options: TestSiteOptions = {}): Site {
  const { brand, basePath = '', language, portalServed = false } = options
  const places = createPlaces({
    brand: { ...DEFAULT_BRAND, ...brand },
    basePath,
    defaultLanguage: 'en',
    portalServed,
    production: false,
  })
  const query = language === undefined ? '' : `?lang=${language}`
  return places.localize(places.at(''), new Request(`http://localhost/${query}`))
}
