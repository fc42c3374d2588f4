// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Catalogues } from '@latchkey/languages'
import en from '../en.json' with { type: 'json' }
import de from '../de.json' with { type: 'json' }
import fr from '../fr.json' with { type: 'json' }
import es from '../es.json' with { type: 'json' }
import ptBR from '../pt-BR.json' with { type: 'json' }
import it from '../it.json' with { type: 'json' }
import nl from '../nl.json' with { type: 'json' }
import pl from '../pl.json' with { type: 'json' }
import tr from '../tr.json' with { type: 'json' }
import uk from '../uk.json' with { type: 'json' }
import ja from '../ja.json' with { type: 'json' }
import zhHans from '../zh-Hans.json' with { type: 'json' }
import ar from '../ar.json' with { type: 'json' }
import type { Messages } from './messages.ts'

/** The texts in every language. */
export const CATALOGUES: Catalogues<Messages> = { en: en, de: de, fr: fr, es: es, 'pt-BR': ptBR, it: it, nl: nl, pl: pl, tr: tr, uk: uk, ja: ja, 'zh-Hans': zhHans, ar: ar }
